using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Begins a phase by hand, after its predecessor and no other; earlier or later than scheduled only with a reason (domain §2.3).</summary>
public sealed record EnterPhase(ElectionPhase Phase, string? Reason = null) : Command, IElectionCommand<EnterPhase>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Rule(
        "enter-phase", ElectionGivers.Leads,
        ElectionPhase.Assessed, ElectionPhase.PreElection, ElectionPhase.SilencePeriod, ElectionPhase.Voting, ElectionPhase.Counting, ElectionPhase.Certification);

    public static Ruling Decide(EnterPhase command, ElectionEvent state, DecisionContext context)
    {
        var next = PhaseRules.Next(state.Stage);
        if (!next.Contains(command.Phase))
        {
            return Ruling.Refuse("legal-predecessor", $"It is {state.Stage}; {string.Join(" or ", next)} may follow, not {command.Phase}.");
        }

        var due = state.ScheduledStart(command.Phase);
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason;
        if (reason is null && due is { } at && (context.Now - at).Duration() > context.Rules.Elections.OnTime)
        {
            return Ruling.Refuse("reason-given", $"{command.Phase} is scheduled for {ScheduleGuard.Text(at)}; say in reason why it begins {(context.Now < at ? "earlier" : "later")}.");
        }

        // Who leaves out a silence period that is to be held cuts it away for good.
        return reason is null && PhaseRules.NextScheduled(state) is { } skipped && skipped.Phase < command.Phase
            ? Ruling.Refuse("reason-given", $"{skipped.Phase} is scheduled before it; say in reason why it is left out.")
            : Ruling.Accept(new ElectionPhaseEntered(command.Phase, PhaseTrigger.Manual, state.ScheduleVersion, due, reason));
    }

    public static IEnumerable<EnterPhase> Samples(ElectionEvent state, DecisionContext context) =>
        state.Stage == ElectionPhase.None
            ? [new(ElectionPhase.Voting, "the polls opened an hour earlier")]
            : PhaseRules.Next(state.Stage).Select(phase => new EnterPhase(phase, "the authority announced it"));
}

/// <param name="ScheduleVersion">In force at that moment; 0 when none was ever set.</param>
/// <param name="DueAt">When it was to begin by that schedule; null when it did not say.</param>
/// <param name="Reason">Why by hand; null when by the schedule, or on time.</param>
public sealed record ElectionPhaseEntered(ElectionPhase Phase, PhaseTrigger Trigger, int ScheduleVersion, DateTimeOffset? DueAt, string? Reason = null) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Stage = Phase,
        Entered = state.Entered.Add(new EnteredPhase(Phase, Trigger, stamp.RecordedAt)),
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        string?[] parts =
        [
            Trigger == PhaseTrigger.Schedule ? $"schedule v{ScheduleVersion}" : "by hand", DueAt is { } due ? $"due {ScheduleGuard.Text(due)}" : null, Reason,
            after.SeverityFloor is { } floor ? $"voter interference is at least {floor}" : null,
        ];
        return new Entry(EntryKind.Phase, $"{Phase} begins", string.Join("; ", parts.OfType<string>())).ToCrossFunctional().ToExecutive($"{Phase} begins");
    }
}
