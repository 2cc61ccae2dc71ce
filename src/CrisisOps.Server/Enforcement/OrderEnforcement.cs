using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Reactions;

namespace CrisisOps.Server.Enforcement;

/// <summary>
/// What is decided goes to the platform's systems as a signed order, and so does an interim action and its end (domain §2.1, §9.1). An action
/// that turns out not to be done after all is ordered again.
/// </summary>
public sealed class OrderEnforcementHandler
{
    public static Task Handle(Happened<DecisionApproved, OrderEnforcementHandler> approved, EnforcementPlan plan, CancellationToken cancellation) =>
        plan.Plan(approved.Stream, approved.Id, approved.Stamp, state => EnforcementOrder.OfDecision(state, approved.Event.DecisionKey), cancellation);

    public static Task Handle(Happened<InterimActionTaken, OrderEnforcementHandler> taken, EnforcementPlan plan, CancellationToken cancellation) =>
        plan.Plan(taken.Stream, taken.Id, taken.Stamp, state => EnforcementOrder.OfInterimAction(state, taken.Event.ActionId), cancellation);

    public static Task Handle(Happened<InterimActionExpired, OrderEnforcementHandler> expired, EnforcementPlan plan, CancellationToken cancellation) =>
        plan.Plan(expired.Stream, expired.Id, expired.Stamp, state => EnforcementOrder.OfEnd(state, expired.Event.ActionId), cancellation);

    public static Task Handle(Happened<EnforcementCorrected, OrderEnforcementHandler> corrected, EnforcementPlan plan, CancellationToken cancellation) =>
        plan.Plan(
            corrected.Stream, corrected.Id, corrected.Stamp,
            state => state.Decision is { } decision ? EnforcementOrder.OfDecision(state, decision.DecisionKey, [corrected.Event.Result.ActionId]) : null, cancellation);
}
