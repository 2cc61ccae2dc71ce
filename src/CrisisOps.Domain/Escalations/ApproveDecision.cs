using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Approves the proposed decision. Whoever may approve it is said by <see cref="DecisionApproval"/>; a case that can not wait
/// for them takes an interim action (domain §9.1). It is the second look, too, at interim actions of the same kind by somebody else.
/// </summary>
public sealed record ApproveDecision(string? Note = null) : Command, IEscalationCommand<ApproveDecision>, INamesPeople
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("approve-decision", Givers.Approvers, EscalationState.DecisionProposed);

    public IEnumerable<string> People(string caller) => [caller];

    public static Ruling Decide(ApproveDecision command, Escalation state, DecisionContext context)
    {
        if (DecisionApproval.Check(state, context) is { } refused)
        {
            return refused;
        }

        var seconded = state.InterimActions.Where(a =>
            a is { State: InterimActionState.InForce, ExpiresAt: { } due } && due > context.Now
            && a.TakenBy != context.Caller.Id && state.Decision!.Actions.Contains(a.Action));
        return Ruling.Accept([.. seconded.Select(a => new InterimActionConfirmed(a.ActionId)), new DecisionApproved(state.Decision!.DecisionKey, command.Note)]);
    }

    public static IEnumerable<ApproveDecision> Samples(Escalation state, DecisionContext context) => [new("Agreed.")];
}

public sealed record DecisionApproved(string DecisionKey, string? Note) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.Decided,
        Decision = state.Decision! with { Approved = true, ApprovedBy = stamp.Actor },
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Decision, $"{DecisionKey} approved by {stamp.Actor}: {ActionNames.All(after.Decision!.Actions)}", Note)
            .ToCrossFunctional($"Decision approved: {after.Decision.Verdict}; {ActionNames.Public(after.Decision.Actions)}")
            .ToExecutive($"Decision approved: {after.Decision.Verdict}");
}

/// <summary>Who may approve or return a decision (domain §2.1, §9.6).</summary>
public static class DecisionApproval
{
    private static readonly Flag[] _fourEyes = [Flag.GreyArea, Flag.PublicFigure, Flag.Newsworthy, Flag.StateActor];

    /// <summary>Null when this caller may approve the decision that waits on this case; else why not.</summary>
    public static Ruling? Check(Escalation state, DecisionContext context)
    {
        if (Entitled(state, context) is { } refused)
        {
            return refused;
        }

        var own = state.Decision!.ProposedBy == context.Caller.Id;
        return own && (NeedsFourEyes(state, state.Decision) || context.Caller.Is(Role.DutyLead))
            ? Ruling.Refuse("four-eyes", "You proposed this decision yourself, and it needs a second person. What is urgent and reversible can be done at once.", "take-interim-action")
            : null;
    }

    /// <summary>A duty lead for every decision; a policy expert for areas they are cleared for; legal counsel for local law and legal orders.</summary>
    internal static Ruling? Entitled(Escalation state, DecisionContext context)
    {
        if (state is not { Stage: EscalationState.DecisionProposed, Decision: { } decision })
        {
            return Ruling.Refuse("decision-proposed", "No decision waits for approval on this case.");
        }

        var caller = context.Caller;
        var entitled = caller.Is(Role.DutyLead)
            || (caller.Is(Role.PolicyExpert) && context.Self?.ClearedAreas.Contains(state.PolicyArea) == true)
            || (caller.Is(Role.LegalCounsel) && (decision.LocalLaw || LegalOrders.Concerns(state)));
        return entitled
            ? null
            : Ruling.Refuse(
                "approver-entitled",
                $"A duty lead approves this, or a policy expert known to be cleared for {state.PolicyArea}{(decision.LocalLaw || LegalOrders.Concerns(state) ? ", or legal counsel" : "")}. What is urgent and reversible can be done at once.",
                "take-interim-action");
    }

    /// <summary>Proposer and approver must be two persons.</summary>
    public static bool NeedsFourEyes(Escalation state, CaseDecision decision) =>
        state.EffectiveSeverity <= Severity.SEV2 || decision.LocalLaw || state.Flags.Any(_fourEyes.Contains);
}
