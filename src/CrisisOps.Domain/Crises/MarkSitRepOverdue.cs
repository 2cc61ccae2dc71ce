using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// The due time of a situation report passed. After an outage every slot that was missed is recorded once, with its own due time
/// and the time of detection; one commit, so one page (domain §9.2).
/// </summary>
public sealed record MarkSitRepOverdue(int Generation) : Command, ICrisisCommand<MarkSitRepOverdue>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("mark-sit-rep-overdue");

    public static Ruling Decide(MarkSitRepOverdue command, Crisis state, DecisionContext context) =>
        command.Generation == state.SitRepSlots && SitRepSlots.Missed(state, context.Now, inclusive: true) is { Length: > 0 } missed
            ? Ruling.Accept([.. missed])
            : Ruling.Refuse("deadline-current", "A report went out, the slot was moved, or it is not due.");

    public static IEnumerable<MarkSitRepOverdue> Samples(Crisis state, DecisionContext context) => [];
}

/// <param name="Slot">The generation of the deadline that was missed.</param>
/// <param name="DetectedAt">When the server noticed; later than due after an outage.</param>
public sealed record SitRepOverdue(int Slot, DateTimeOffset DueAt, DateTimeOffset DetectedAt, DateTimeOffset NextDue) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) =>
        (state with { MissedSitReps = state.MissedSitReps.Add(new MissedSitRep(Slot, DueAt)) }).WithDue(NextDue);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"No situation report at {DueAt:HH:mm}Z", $"detected at {DetectedAt:HH:mm:ss}Z; {SitRepSlots.Next(NextDue)}").ToCrossFunctional();
}
