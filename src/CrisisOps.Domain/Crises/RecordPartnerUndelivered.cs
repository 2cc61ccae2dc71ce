using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// An alert did not come to a partner, and is not tried again by itself. Once for each partner and message; none for a partner that acknowledged
/// it in the meantime, or when the alert is over.
/// </summary>
/// <param name="Partner">As the alert names it.</param>
/// <param name="Why">In a word, for example <c>gone</c> or <c>clearance</c>.</param>
public sealed record RecordPartnerUndelivered(string AlertId, string Partner, string Why) : Command, ICrisisCommand<RecordPartnerUndelivered>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("record-partner-undelivered");

    public static Ruling Decide(RecordPartnerUndelivered command, Crisis state, DecisionContext context) =>
        state.Alerts.Find(a => a.AlertId == command.AlertId) is { Cancelled: false } alert && alert.Silent.Contains(command.Partner) && !alert.Undelivered.Contains(command.Partner)
            ? Ruling.Accept(new PartnerAlertUndelivered(command.AlertId, command.Partner, command.Why))
            : Ruling.Refuse("undelivered-once", "This partner acknowledged, it is recorded already, or the alert is over.");

    public static IEnumerable<RecordPartnerUndelivered> Samples(Crisis state, DecisionContext context) => [];
}

/// <param name="Why">In a word, as the delivery has it.</param>
public sealed record PartnerAlertUndelivered(string AlertId, string Partner, string Why) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Alerts = state.Alerts.ConvertAll(a => a.AlertId == AlertId ? a with { Undelivered = [.. a.Undelivered, Partner] } : a),
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) => new Entry(EntryKind.Alert, $"{Partner} was not reached: {Why} ({AlertId})").ToCrossFunctional();
}
