using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>A proposal that goes back: returned by an approver, or withdrawn by its proposer.</summary>
public class ReturnDecisionTests
{
    [Fact]
    public void An_approver_returns_a_decision_to_the_investigation()
    {
        var returned = Investigations.Proposed().When(new ReturnDecision("ask Human Rights"), Case.DutyLead).ShouldBeAccepted();

        returned.Recorded<DecisionReturned>().DecisionKey.ShouldBe("DEC-2027-000101-1");
        returned.State.State.ShouldBe(EscalationState.Investigating);
        returned.State.Decision.ShouldBeNull();
    }

    [Fact]
    public void Returning_ones_own_takes_no_second_person()
    {
        var lead = Case.Person("spec-04", Role.Specialist, Role.DutyLead);
        Investigations.Proposed().When(new ReturnDecision("on second thoughts"), lead).ShouldBeAccepted();
    }

    [Fact]
    public void Whoever_could_not_approve_does_not_return()
    {
        Investigations.Proposed().When(new ReturnDecision("no"), Case.LegalCounsel).ShouldBeRefusedBy("approver-entitled");
        Investigations.Proposed().When(new ReturnDecision("no")).ShouldBeRefused(RefusalKind.Forbidden);
        Investigations.Decided().When(new ReturnDecision("no"), Case.DutyLead).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void The_proposer_withdraws_while_nobody_has_approved()
    {
        var withdrawn = Investigations.Proposed().When(new WithdrawDecision("new evidence")).ShouldBeAccepted();

        withdrawn.Recorded<DecisionWithdrawn>().Reason.ShouldBe("new evidence");
        withdrawn.State.State.ShouldBe(EscalationState.Investigating);
        withdrawn.State.Decision.ShouldBeNull();
        Investigations.Decided().When(new WithdrawDecision("new evidence")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Nobody_else_withdraws_it() =>
        Investigations.Proposed().When(new WithdrawDecision("not mine"), Case.DutyLead).ShouldBeRefusedBy("own-decision");
}
