using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>An update was promised for an instant, and neither it nor a situation report came. A timer of an older generation does nothing.</summary>
public sealed record MarkUpdateOverdue(int Generation) : Command, ICrisisCommand<MarkUpdateOverdue>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("mark-update-overdue");

    public static Ruling Decide(MarkUpdateOverdue command, Crisis state, DecisionContext context) =>
        state.MayStillAcknowledge() && state.PromisedUpdate is { Missed: false } promised && promised.Generation == command.Generation && promised.DueAt <= context.Now
            ? Ruling.Accept(new CrisisUpdateOverdue(promised.DueAt, context.Now))
            : Ruling.Refuse("deadline-current", "The update came, was promised anew, or is not due.");

    public static IEnumerable<MarkUpdateOverdue> Samples(Crisis state, DecisionContext context) => [];
}

public sealed record CrisisUpdateOverdue(DateTimeOffset DueAt, DateTimeOffset DetectedAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { PromisedUpdate = state.PromisedUpdate! with { Missed = true } };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"The update promised for {DueAt:HH:mm}Z did not come").ToCrossFunctional();
}
