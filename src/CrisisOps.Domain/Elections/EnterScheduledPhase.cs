using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>A phase begins because its time has come. A timer of an older schedule does nothing (domain §3, P8).</summary>
/// <param name="Generation">The version of the schedule that the timer belongs to.</param>
public sealed record EnterScheduledPhase(ElectionPhase Phase, int Generation) : Command, IElectionCommand<EnterScheduledPhase>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Timer("enter-scheduled-phase");

    public static Ruling Decide(EnterScheduledPhase command, ElectionEvent state, DecisionContext context) =>
        PhaseRules.NextScheduled(state) is { } next && next.Phase == command.Phase && state.ScheduleVersion == command.Generation && next.StartsAt <= context.Now
            ? Ruling.Accept(new ElectionPhaseEntered(next.Phase, PhaseTrigger.Schedule, state.ScheduleVersion, next.StartsAt))
            : Ruling.Refuse("deadline-current", "This phase has begun, is not next, is not due, or the schedule has changed.");

    public static IEnumerable<EnterScheduledPhase> Samples(ElectionEvent state, DecisionContext context) => [];
}
