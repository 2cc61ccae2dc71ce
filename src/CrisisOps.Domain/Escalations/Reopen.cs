using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Why an ended case goes on.</summary>
public enum ReopenGround { Dispute, NewInformation, AppealOverturned, ExternalReview }

/// <summary>
/// Takes an ended case up again, within 30 days; after an overturned appeal or an external review at any time (domain §2.1).
/// Its clocks count from the reopening.
/// </summary>
public sealed record Reopen(string Reason, ReopenGround Ground) : Command, IEscalationCommand<Reopen>
{
    public static CommandRule<Escalation> Rule { get; } =
        Givers.Rule("reopen", Givers.Specialists, EscalationState.Resolved, EscalationState.Closed, EscalationState.Rejected);

    public static Ruling Decide(Reopen command, Escalation state, DecisionContext context)
    {
        var within = context.Rules.ServiceLevels.ReopenWithin;
        if (command.Ground is not (ReopenGround.AppealOverturned or ReopenGround.ExternalReview) && context.Now > (state.EndedAt ?? state.ResolvedAt) + within)
        {
            return Ruling.Refuse(
                "reopen-in-time", $"A case is reopened within {within.TotalDays:0} days of its end; later only by an overturned appeal or an external review. Raise a new one.", "raise");
        }

        // What a triage would start, from now; an answer that was given stays given.
        var clocks = ClockAim.AtTriage(state with { RaisedAt = context.Now }, state.EffectiveSeverity, state.PolicyArea, state.Flags, context);
        return Ruling.Accept(new EscalationReopened(command.Reason, command.Ground, state.EffectiveSeverity, clocks));
    }

    public static IEnumerable<Reopen> Samples(Escalation state, DecisionContext context) =>
        [new("the same video is up again", ReopenGround.NewInformation), new("the appeal was upheld", ReopenGround.AppealOverturned)];
}

/// <param name="Severity">In force from now on; a case rejected before triage had none.</param>
/// <param name="Clocks">The clocks that count from now.</param>
public sealed record EscalationReopened(string Reason, ReopenGround Ground, Severity Severity, IReadOnlyList<Clock> Clocks) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.Investigating,
        Severity = Severity,
        Outcome = null,
        ResolvedAt = null,
        ClosesAt = null,
        EndedAt = null,
        LastSeverityRaise = null,
        Clocks = state.Clocks.AimAll(Clocks),
        NextUpdateDue = Clocks.FirstOrDefault(c => c.Kind == ClockKind.Update)?.DueAt,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Reopened: {Ground}", Reason).ToCrossFunctional().ToExecutive($"Reopened: {Ground}");
}
