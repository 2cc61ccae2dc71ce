using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Ends an alert: all clear, to the same partners, with references to all its messages. Also after a declaration was annulled (domain §2.2, §9.1).</summary>
public sealed record CancelAlert(string AlertId, string? Text = null) : Command, ICrisisCommand<CancelAlert>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("cancel-alert", CrisisState.Annulled);

    public static Ruling Decide(CancelAlert command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Liaison.Check(state, context) is { } refused)
        {
            return refused;
        }

        var (messages, closed) = state.OpenChain(command.AlertId);
        if (closed is not null)
        {
            return closed;
        }

        var text = command.Text ?? (state.Stage == CrisisState.Annulled ? "This alert was declared in error." : $"All clear: nothing more is asked of you for {messages[0].AlertId}.");
        return AlertGuard.Words("All clear", text, null, null, state, context) ?? Ruling.Accept(new PartnerAlertCancelled(
            AlertGuard.NextId(state), messages[0].AlertId, [.. messages.Select(m => m.AlertId)], messages[0].Recipients, "AllClear", messages.Max(m => m.Tlp), messages[0].Scope, text));
    }

    public static IEnumerable<CancelAlert> Samples(Crisis state, DecisionContext context) =>
        (state.Stage == CrisisState.None ? ["crisisops-CR-2027-0007.1"] : state.OpenAlerts.Select(a => a.AlertId)).Select(id => new CancelAlert(id));
}

/// <param name="References">All messages of the alert, oldest first.</param>
/// <param name="ResponseType">As CAP names it: AllClear.</param>
public sealed record PartnerAlertCancelled(
    string AlertId,
    string Chain,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Recipients,
    string ResponseType,
    Tlp Tlp,
    AlertScope Scope,
    string Text) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Alerts = state.Alerts.Add(new PartnerAlert(AlertId, Chain, Recipients, References, Tlp, Scope, stamp.RecordedAt))
            .ConvertAll(a => a.Chain == Chain ? a with { Cancelled = true } : a),
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Alert, $"Alert {Chain} cancelled ({AlertId}): all clear", $"{Text} (to {string.Join(", ", Recipients)})") { ReleasedAs = Tlp }
            .ToCrossFunctional()
            .ToExecutive($"All clear sent to partners for {Chain}")
            .ToPartner($"All clear: {Chain}", Text);
}
