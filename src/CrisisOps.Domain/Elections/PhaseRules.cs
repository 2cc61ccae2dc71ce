using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;

namespace CrisisOps.Domain.Elections;

/// <summary>Which phase follows which, and what the election's own plan turns on when one begins (domain §2.3; §3, P8 and P9).</summary>
public static class PhaseRules
{
    /// <summary>
    /// The fact by which cases learn the floor of a region: written when <see cref="ElectionEvent.SeverityFloor"/> is set, and taken back
    /// when no open election of that region sets one any more.
    /// </summary>
    public const string FloorFact = ElectionFloor.Kind;

    /// <summary>The phases that a schedule may hold, in their order.</summary>
    public static readonly ImmutableArray<ElectionPhase> Scheduled =
    [
        ElectionPhase.PreElection, ElectionPhase.SilencePeriod, ElectionPhase.Voting, ElectionPhase.Counting, ElectionPhase.Certification, ElectionPhase.PostElection,
    ];

    /// <summary>The phases that may follow; a silence period is not held everywhere.</summary>
    public static IReadOnlyList<ElectionPhase> Next(ElectionPhase stage) => stage switch
    {
        ElectionPhase.Assessed => [ElectionPhase.PreElection],
        ElectionPhase.PreElection => [ElectionPhase.SilencePeriod, ElectionPhase.Voting],
        ElectionPhase.SilencePeriod => [ElectionPhase.Voting],
        ElectionPhase.Voting => [ElectionPhase.Counting],
        ElectionPhase.Counting => [ElectionPhase.Certification],
        ElectionPhase.Certification => [ElectionPhase.PostElection],
        _ => [],
    };

    /// <summary>The phase that the schedule in force begins next: a scheduled silence period comes before the voting.</summary>
    public static ScheduledPhase? NextScheduled(ElectionEvent state) =>
        Next(state.Stage).Where(phase => state.ScheduledStart(phase) is not null).Select(phase => new ScheduledPhase(phase, state.ScheduledStart(phase)!.Value)).FirstOrDefault();

    /// <summary>
    /// The commands that turn on what is planned for a phase that has begun. What is on already, and what would have ended, is left
    /// out; so asking twice turns on nothing twice.
    /// </summary>
    public static IReadOnlyList<ActivateMeasure> MeasuresOf(ElectionEvent state, ElectionPhase phase)
    {
        if (!state.Open || Began(state, phase) is not { } began)
        {
            return [];
        }

        return
        [
            .. from planned in state.MeasurePlan
               where planned.Phase == phase
               let region = planned.Region ?? state.Region
               let ends = planned.ExpiresAt ?? Counted(state, planned, began)
               where ends > began && !state.ActiveMeasures.Any(m => m.Kind == planned.Kind && m.Region == region)
               select new ActivateMeasure(planned.Kind, ends, region),
        ];
    }

    /// <summary>
    /// Hours count from the scheduled beginning, or from the real one of a phase that began. Where neither is known they count from the
    /// beginning of the measure's own phase: rather a measure that ends early, and is seen to, than none.
    /// </summary>
    private static DateTimeOffset Counted(ElectionEvent state, PlannedMeasure planned, DateTimeOffset began)
    {
        var from = planned.AfterPhase is { } after ? state.ScheduledStart(after) ?? Began(state, after) ?? began : began;
        return from.AddHours(planned.Hours ?? 0);
    }

    /// <summary>When a phase began that was reached; one that lies ahead again, after an annulment, has not.</summary>
    private static DateTimeOffset? Began(ElectionEvent state, ElectionPhase phase) =>
        phase <= state.Stage ? state.Entered.FindLast(e => e.Phase == phase)?.At : null;
}
