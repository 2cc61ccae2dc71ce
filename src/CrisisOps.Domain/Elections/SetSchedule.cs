using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Says when the phases begin, where no schedule is in force (domain §2.3; §3, P8).</summary>
/// <param name="Phases">Each phase with an instant, or with a local time that is read in the election's zone.</param>
public sealed record SetSchedule(IReadOnlyList<PhaseAt?> Phases) : Command, IElectionCommand<SetSchedule>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("set-schedule", ElectionGivers.Leads);

    public static Ruling Decide(SetSchedule command, ElectionEvent state, DecisionContext context)
    {
        if (state.Schedule.Count > 0 && !state.ScheduleSuspended)
        {
            return Ruling.Refuse("schedule-unset", $"Version {state.ScheduleVersion} is in force; amend it, with a reason.", "amend-schedule");
        }

        var (phases, refused) = ScheduleGuard.Resolve(command.Phases, state, context);
        return refused ?? Ruling.Accept(new PhaseScheduleSet(state.ScheduleVersion + 1, phases));
    }

    public static IEnumerable<SetSchedule> Samples(ElectionEvent state, DecisionContext context) =>
        [new(ScheduleGuard.Sample(state, state.Stage, context.Now))];
}

public sealed record PhaseScheduleSet(int Version, IReadOnlyList<ScheduledPhase> Phases) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state.WithSchedule(Version, Phases);

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Phase, $"Schedule v{Version} set", ScheduleGuard.Text(Phases)).ToCrossFunctional().ToExecutive($"Schedule v{Version} set", ScheduleGuard.Text(Phases));
}

internal static class Scheduling
{
    /// <summary>A schedule comes into force; the timers of every version before it do nothing.</summary>
    public static ElectionEvent WithSchedule(this ElectionEvent state, int version, IReadOnlyList<ScheduledPhase> phases) => state with
    {
        ScheduleVersion = version,
        Schedule = [.. phases],
        ScheduleSuspended = false,
    };

    /// <summary>Nothing begins by itself until there is a new schedule.</summary>
    public static ElectionEvent Suspended(this ElectionEvent state, int version) => state with { ScheduleVersion = version, ScheduleSuspended = true };

    /// <summary>The vote is held again: what followed the campaign has not begun.</summary>
    public static ElectionEvent VotesAgain(this ElectionEvent state, DateOnly? newDay) => state with
    {
        Stage = ElectionPhase.PreElection,
        Entered = state.Entered.RemoveAll(e => e.Phase > ElectionPhase.PreElection),
        ElectionDay = newDay ?? state.ElectionDay,
        ReviewRef = null,
    };
}
