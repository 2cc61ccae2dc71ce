namespace CrisisOps.Domain.Escalations;

/// <summary>What a requester may know of how their case stands; never what was done to whom (domain §4).</summary>
public enum RequesterOutcome { UnderReview, ActionTaken, NoAction, NotTakenUp }

/// <summary>Reads it off the case.</summary>
public static class RequesterOutcomes
{
    /// <summary>As the case stands.</summary>
    public static RequesterOutcome OutcomeForRequester(this Escalation state) => state switch
    {
        { Stage: EscalationState.Rejected } => RequesterOutcome.NotTakenUp,
        { Decision: { Approved: true, Verdict: Verdict.NoViolation or Verdict.RefuseToComply } } => RequesterOutcome.NoAction,
        { Decision.AllDone: true } => RequesterOutcome.ActionTaken,
        _ => RequesterOutcome.UnderReview,
    };
}
