using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Replaces the schedule, in any phase: a new version, and the timers of the old one do nothing (domain §2.3; §3, P8).</summary>
/// <param name="Phases">All that are still to come, not only those that move; one that has begun is left out or stands as it stood.</param>
public sealed record AmendSchedule(IReadOnlyList<PhaseAt?> Phases, string Reason) : Command, IElectionCommand<AmendSchedule>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("amend-schedule", ElectionGivers.Leads);

    public static Ruling Decide(AmendSchedule command, ElectionEvent state, DecisionContext context)
    {
        if (state.Schedule.Count == 0)
        {
            return Ruling.Refuse("schedule-set", "There is no schedule yet; set one.", "set-schedule");
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("reason-given", "Say in reason why the dates change.");
        }

        var (phases, refused) = ScheduleGuard.Resolve(command.Phases, state, context);
        return refused ?? Ruling.Accept(new PhaseScheduleAmended(state.ScheduleVersion + 1, phases, command.Reason));
    }

    public static IEnumerable<AmendSchedule> Samples(ElectionEvent state, DecisionContext context) =>
        [new(ScheduleGuard.Sample(state, state.Stage, context.Now), "the authority published new dates")];
}

public sealed record PhaseScheduleAmended(int Version, IReadOnlyList<ScheduledPhase> Phases, string Reason) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state.WithSchedule(Version, Phases);

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var headline = $"Schedule amended to v{Version}: {Reason}";
        return new Entry(EntryKind.Phase, headline, ScheduleGuard.Text(Phases)).ToCrossFunctional().ToExecutive(headline, ScheduleGuard.Text(Phases));
    }
}
