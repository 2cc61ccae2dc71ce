using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>What must hold of every schedule, whether it is set, amended or made for a run-off.</summary>
internal static class ScheduleGuard
{
    /// <summary>Days after the phase before, for samples.</summary>
    private static readonly int[] _sampleDays = [1, 29, 31, 32, 44, 45];

    /// <summary>The phases with their instants, or the refusal that says what is wrong with them.</summary>
    /// <param name="state">The election as it is when the schedule comes into force.</param>
    public static (ImmutableArray<ScheduledPhase> Phases, Ruling? Refused) Resolve(IReadOnlyList<PhaseAt?>? named, ElectionEvent state, DecisionContext context)
    {
        PhaseAt?[] given = [.. named ?? []];
        if (given.Length == 0 || Array.Exists(given, p => p is null || !PhaseRules.Scheduled.Contains(p.Phase)) || given.DistinctBy(p => p!.Phase).Count() < given.Length)
        {
            return Refuse("schedule-phases", $"A schedule names each phase once, of {string.Join(", ", PhaseRules.Scheduled)}.");
        }

        if (LocalTime.Zone(state.Tz) is not { } zone)
        {
            return Refuse("zone-known", $"The zone '{state.Tz}' is not known on this server any more; give every time with its offset after it is.");
        }

        List<ScheduledPhase> phases = [];
        foreach (var (phase, at) in given.Select(p => p!).OrderBy(p => p.Phase))
        {
            if (LocalTime.Read(at, zone) is not { } instant)
            {
                return Refuse("phase-time", $"{phase}: '{at}' is neither an instant such as 2027-05-14T22:00Z nor a local time such as 2027-05-15T00:00.");
            }

            phases.Add(new ScheduledPhase(phase, instant));
        }

        return (Complete(phases, state.Stage) ?? Ascending(phases) ?? phases.Select(p => Ahead(p, state, context)).FirstOrDefault(r => r is not null)) is { } refused
            ? ([], refused)
            : ([.. phases], null);
    }

    /// <summary>The phases that are still to come, each as an instant some days ahead; when there are none, the schedule as it stood.</summary>
    public static IReadOnlyList<PhaseAt> Sample(ElectionEvent state, ElectionPhase stage, DateTimeOffset now) => stage < ElectionPhase.PostElection
        ? [.. PhaseRules.Scheduled.Zip(_sampleDays).Where(p => p.First > stage).Select(p => new PhaseAt(p.First, $"{now.AddDays(p.Second):yyyy-MM-dd'T'HH:mm}Z"))]
        : [.. state.Schedule.Select(s => new PhaseAt(s.Phase, $"{s.StartsAt:yyyy-MM-dd'T'HH:mm:ss.FFFFFF}Z"))];

    /// <summary>What stands in a schedule, for a timeline.</summary>
    public static string Text(IEnumerable<ScheduledPhase> phases) => string.Join(", ", phases.Select(p => $"{p.Phase} {p.StartsAt:yyyy-MM-dd HH:mm}Z"));

    public static string Text(DateTimeOffset at) => $"{at:yyyy-MM-dd HH:mm}Z";

    /// <summary>Voting and counting are never left open, and no phase waits for one that nothing begins.</summary>
    private static Ruling? Complete(List<ScheduledPhase> phases, ElectionPhase stage)
    {
        bool Reached(ElectionPhase phase) => phase <= stage || phases.Exists(p => p.Phase == phase);
        if (!Reached(ElectionPhase.Voting) || !Reached(ElectionPhase.Counting))
        {
            return Ruling.Refuse("schedule-complete", "A schedule holds at least Voting and Counting, unless they have begun.");
        }

        var missing = PhaseRules.Scheduled.Where(p => p != ElectionPhase.SilencePeriod && p < phases[^1].Phase && !Reached(p)).ToArray();
        return missing.Length > 0
            ? Ruling.Refuse("schedule-unbroken", $"{phases[^1].Phase} would never begin by itself: schedule {string.Join(", ", missing)} before it, or enter it by hand first.", "enter-phase")
            : null;
    }

    private static Ruling? Ascending(List<ScheduledPhase> phases) =>
        phases.Zip(phases.Skip(1)).FirstOrDefault(p => p.Second.StartsAt <= p.First.StartsAt) is { First: { } first, Second: { } second }
            ? Ruling.Refuse("phases-ascending", $"{second.Phase} at {Text(second.StartsAt)} does not begin after {first.Phase} at {Text(first.StartsAt)}.")
            : null;

    /// <summary>A wrong year would begin the voting at once, and no phase is taken back; so only what stood there already may lie behind.</summary>
    private static Ruling? Ahead(ScheduledPhase phase, ElectionEvent state, DecisionContext context)
    {
        if (phase.Phase <= state.Stage)
        {
            return state.Schedule.Contains(phase)
                ? null
                : Ruling.Refuse("phase-past", $"{phase.Phase} is past and is not scheduled again; leave it out.");
        }

        return phase.StartsAt > context.Now || (!state.ScheduleSuspended && state.Schedule.Contains(phase))
            ? null
            : Ruling.Refuse("phase-ahead", $"{phase.Phase} at {Text(phase.StartsAt)} does not lie ahead; a phase that has begun is entered by hand.", "enter-phase");
    }

    private static (ImmutableArray<ScheduledPhase>, Ruling?) Refuse(string guard, string detail) => ([], Ruling.Refuse(guard, detail));
}
