using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Changes how bad it is. Worse is always allowed; better takes a reason and a duty lead, and stays above the floor of an
/// election phase (domain §2.1, §9.6). Before triage it changes the proposal. The clocks are aimed anew.
/// </summary>
public sealed record ChangeSeverity(Severity Severity, string? Reason = null) : Command, IEscalationCommand<ChangeSeverity>, INamesFacts<Escalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("change-severity", Givers.Specialists);

    public IEnumerable<(string Kind, string Id)> Facts(Escalation state) => ElectionFloor.Facts(state.Regions);

    public static Ruling Decide(ChangeSeverity command, Escalation state, DecisionContext context)
    {
        var (from, to) = (state.EffectiveSeverity, command.Severity);
        if (from == to)
        {
            return Ruling.Refuse("severity-changes", $"The severity is {from} already.");
        }

        if (to > from && !context.Caller.Is(Role.DutyLead))
        {
            return new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "downgrade-by-lead", $"Lowering from {from} to {to} is a duty lead's word; raising is anybody's.")
            {
                Roles = [Role.DutyLead],
            });
        }

        if (to > from && string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("downgrade-reason", "Say in reason why it is less bad.");
        }

        return to > from && ElectionFloor.Of(state.PolicyArea, state.Regions, context) is { } floor && to > floor
            ? Ruling.Refuse("election-severity-floor", $"An election phase in this region sets a floor of {floor} for {state.PolicyArea}.")
            : Ruling.Accept(new SeverityChanged(from, to, command.Reason, ClockAim.AtSeverityChange(state, to, context)));
    }

    public static IEnumerable<ChangeSeverity> Samples(Escalation state, DecisionContext context)
    {
        var now = state.EffectiveSeverity;
        var worse = Enum.GetValues<Severity>().Where(s => s < now).OrderDescending().Select(s => new ChangeSeverity(s));
        var better = Enum.GetValues<Severity>().Where(s => s > now).Order().Select(s => new ChangeSeverity(s, "less reach than first thought"));
        return worse.Concat(better);
    }
}

/// <param name="Clocks">The clocks aimed anew; an update clock not among them has ended.</param>
public sealed record SeverityChanged(Severity From, Severity To, string? Reason, IReadOnlyList<Clock> Clocks) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.AtSeverity(To, Clocks, stamp) with
    {
        LastSeverityRaise = To < From ? new SeverityRaise(From, To, stamp.Actor, stamp.RecordedAt) : null,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Severity {From} to {To}", Reason).ToCrossFunctional().ToExecutive($"Now {To}");
}

internal static class SeverityInForce
{
    /// <summary>The case at another severity, with the clocks aimed at it.</summary>
    public static Escalation AtSeverity(this Escalation state, Severity to, IReadOnlyList<Clock> aimed, Stamp stamp)
    {
        var clocks = state.Clocks
            .Stop(c => c.Kind == ClockKind.Update && aimed.All(a => a.Kind != ClockKind.Update), stamp.RecordedAt)
            .AimAll(aimed);
        var proposal = state.Stage == EscalationState.Received;
        return (state with
        {
            ProposedSeverity = proposal ? to : state.ProposedSeverity,
            Severity = proposal ? state.Severity : to,
            Clocks = clocks,
            NextUpdateDue = clocks.Find(ClockKind.Update)?.DueAt,
        }).RousedIfUrgent();
    }
}
