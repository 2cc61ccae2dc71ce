using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Tells the partners of an alert what is new. The message references all its predecessors (domain §2.2, §6.1).</summary>
/// <param name="AlertId">Any message of the alert.</param>
/// <param name="AckWindow">Absent means that nobody need acknowledge this one.</param>
public sealed record UpdateAlert(
    string AlertId, string Headline, string Text, TimeSpan? AckWindow = null, IReadOnlyList<string>? Indicators = null, DateTimeOffset? ExpiresAt = null)
    : Command, ICrisisCommand<UpdateAlert>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("update-alert");

    public static Ruling Decide(UpdateAlert command, Crisis state, DecisionContext context)
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

        return AlertGuard.Window(command.AckWindow) ?? AlertGuard.Words(command.Headline, command.Text, command.Tlp, command.ExpiresAt, state, context) ?? Ruling.Accept(new PartnerAlertUpdated(
            AlertGuard.NextId(state), messages[0].AlertId, [.. messages.Select(m => m.AlertId)], messages[0].Recipients, command.AckWindow is { } window ? context.Now + window : null,
            AlertGuard.TlpOf(command.Tlp), messages[0].Scope, command.Headline, command.Text, command.Indicators ?? [], command.ExpiresAt, state.Type,
            state.Level ?? CrisisLevel.Level3, state.Assessment?.Certainty ?? Certainty.Unknown));
    }

    public static IEnumerable<UpdateAlert> Samples(Crisis state, DecisionContext context) =>
        (state.Stage == CrisisState.None ? ["crisisops-CR-2027-0007.1"] : state.OpenAlerts.Select(a => a.AlertId))
            .Select(id => new UpdateAlert(id, "17 hashes", "Please match these 17 hashes.", Indicators: ["EVD-5"]));
}

/// <param name="Chain">The id of the first message.</param>
/// <param name="References">All its predecessors, oldest first.</param>
/// <param name="AckDueAt">Null when nobody need acknowledge it.</param>
public sealed record PartnerAlertUpdated(
    string AlertId,
    string Chain,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Recipients,
    DateTimeOffset? AckDueAt,
    Tlp Tlp,
    AlertScope Scope,
    string Headline,
    string Text,
    IReadOnlyList<string> Indicators,
    DateTimeOffset? ExpiresAt,
    CrisisType Type,
    CrisisLevel Level,
    Certainty Certainty) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Alerts = state.Alerts.Add(new PartnerAlert(AlertId, Chain, Recipients, References, Tlp, Scope, stamp.RecordedAt) { AckDueAt = AckDueAt }),
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Alert, $"Alert {AlertId} to {string.Join(", ", Recipients)}: {Headline}", $"{Text} (after {string.Join(", ", References)})") { ReleasedAs = Tlp }
            .ToCrossFunctional()
            .ToPartner(Headline, AckDueAt is { } due ? $"{Text} Please acknowledge by {due:yyyy-MM-dd HH:mm}Z." : Text);
}
