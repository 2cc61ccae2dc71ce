using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Nobody won: a second vote, with a schedule of its own. The campaign begins anew (domain §2.3).</summary>
/// <param name="Phases">As in <see cref="SetSchedule"/>, from the silence period or the voting on.</param>
/// <param name="NewDay">The day of the run-off; absent keeps the day of the first round.</param>
public sealed record ScheduleRunoff(IReadOnlyList<PhaseAt?> Phases, DateOnly? NewDay = null) : Command, IElectionCommand<ScheduleRunoff>, INamesFacts<ElectionEvent>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Rule("schedule-runoff", ElectionGivers.Leads, ElectionPhase.Counting, ElectionPhase.Certification);

    public IEnumerable<(string Kind, string Id)> Facts(ElectionEvent state) => ElectionDayGuard.Facts(state, NewDay);

    public static Ruling Decide(ScheduleRunoff command, ElectionEvent state, DecisionContext context)
    {
        if (ElectionDayGuard.Free(state, command.NewDay, context) is { } taken)
        {
            return taken;
        }

        // The dates of the first round are behind; none of them may stand in for one of the second.
        var (phases, refused) = ScheduleGuard.Resolve(command.Phases, state.VotesAgain(command.NewDay) with { ScheduleSuspended = true }, context);
        return refused ?? Ruling.Accept(new RunoffScheduled(state.Round + 1, state.ScheduleVersion + 1, phases, command.NewDay));
    }

    public static IEnumerable<ScheduleRunoff> Samples(ElectionEvent state, DecisionContext context) => [new(ScheduleGuard.Sample(state, ElectionPhase.PreElection, context.Now))];
}

public sealed record RunoffScheduled(int Round, int Version, IReadOnlyList<ScheduledPhase> Phases, DateOnly? NewDay = null) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state.VotesAgain(NewDay).WithSchedule(Version, Phases) with { Round = Round };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var headline = $"Run-off: round {Round}, schedule v{Version}";
        return new Entry(EntryKind.Phase, headline, ScheduleGuard.Text(Phases)).ToCrossFunctional().ToExecutive(headline, ScheduleGuard.Text(Phases));
    }
}
