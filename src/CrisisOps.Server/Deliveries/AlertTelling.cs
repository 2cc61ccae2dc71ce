using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Deliveries;

/// <summary>What an event of an alert says, and to whom it goes.</summary>
public sealed class AlertTelling(AlertPlan plan, AlertCap cap)
{
    /// <summary>Writes nothing: a dry run asks the same. Empty for an event that tells partners nothing.</summary>
    /// <param name="then">The crisis as the event left it.</param>
    public async Task<IReadOnlyList<PlannedDelivery>> Plan(Guid id, object @event, Crisis then, Stamp stamp, CancellationToken cancellation)
    {
        byte[]? Cap(string name) => cap.Of(@event, then, stamp, name);
        return @event switch
        {
            PartnerAlertIssued e => await plan.Tell(
                new AlertNews(
                    nameof(PartnerAlertIssued), id, then.Key, e.AlertId, e.Tlp, e.Level, e.Headline, e.Text, e.Indicators, e.ExpiresAt, e.AckDueAt, stamp.OccurredAt, stamp.RecordedAt,
                    then.NextSitRepDue, Over: false),
                DeliveryKind.Alert, e.Recipients, then.Exercise, Cap, cancellation),
            PartnerAlertUpdated e => await plan.Tell(
                new AlertNews(
                    nameof(PartnerAlertUpdated), id, then.Key, e.AlertId, e.Tlp, e.Level, e.Headline, e.Text, e.Indicators, e.ExpiresAt, e.AckDueAt, stamp.OccurredAt, stamp.RecordedAt,
                    then.NextSitRepDue, Over: false)
                {
                    References = e.References,
                },
                DeliveryKind.AlertUpdate, e.Recipients, then.Exercise, Cap, cancellation),
            PartnerAlertCancelled e => await plan.TellOver(
                new AlertNews(
                    nameof(PartnerAlertCancelled), id, then.Key, e.AlertId, e.Tlp, then.Level, null, e.Text, [], null, null, stamp.OccurredAt, stamp.RecordedAt, null, Over: true)
                {
                    References = e.References,
                },
                [.. then.Alerts.Where(a => !a.Cancelled)], e.Recipients, then.Exercise, Cap, cancellation),
            _ => [],
        };
    }
}
