using CrisisOps.Domain.Crises;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Messages to partners, and who answered them.</summary>
internal sealed class AlertLog(string stream)
{
    private readonly Dictionary<string, FactSource> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Alert, string Partner), FactSource> _acks = [], _overdue = [];

    public void Add(object @event, Crisis state, FactSource at)
    {
        switch (@event)
        {
            case PartnerAlertIssued e:
                _sent[e.AlertId] = at;
                break;
            case PartnerAlertUpdated e:
                _sent[e.AlertId] = at;
                break;
            case PartnerAckOverdue e:
                _overdue[(e.AlertId, e.Partner)] = at;
                break;
            case PartnerAckRecorded e:
                // Who acknowledges a message has read those before it.
                foreach (var alert in state.Alerts.Where(a => a.Acks.Any(ack => ack.Partner == e.Partner)))
                {
                    _acks.TryAdd((alert.AlertId, e.Partner), at);
                }

                break;
        }
    }

    public IEnumerable<AlertFact> Facts(Crisis state, Beside beside) =>
        from alert in state.Alerts
        where alert.AckDueAt is not null && _sent.ContainsKey(alert.AlertId)
        select Fact(alert, _sent[alert.AlertId], beside);

    private AlertFact Fact(PartnerAlert alert, FactSource sent, Beside beside)
    {
        (PartnerAnswer Answer, FactSource?[] Sources)[] answers = [.. alert.Recipients.Select(partner => Answer(alert.AlertId, partner, sent, beside))];
        return new AlertFact(
            stream, alert.AlertId, alert.AckDueAt!.Value, answers.Length, answers.Count(a => a.Answer.AcknowledgedAt is not null), answers.Count(a => a.Answer.OverdueAt is not null),
            [.. answers.Select(a => a.Answer)], [sent, .. answers.SelectMany(a => a.Sources).OfType<FactSource>()]);
    }

    private (PartnerAnswer Answer, FactSource?[] Sources) Answer(string alert, string partner, FactSource sent, Beside beside)
    {
        var ack = _acks.GetValueOrDefault((alert, partner))
            ?? (beside.Acknowledged(alert, partner) is { } at ? new FactSource($"{MarkPartnerAckOverdue.AckFact}/{CrisisDeadlines.AckRef(alert, partner)}", 0, at) : null);
        var overdue = _overdue.GetValueOrDefault((alert, partner));
        return (new PartnerAnswer(partner, ack?.At, ack?.At - sent.At, overdue?.At), [ack, overdue]);
    }
}
