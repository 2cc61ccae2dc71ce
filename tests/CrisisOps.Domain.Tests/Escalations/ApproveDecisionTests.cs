using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ApproveDecisionTests
{
    private static readonly ApproveDecision _approve = new("Agreed.");
    private static readonly Caller _leadAndSpecialist = Case.Person("spec-04", Role.Specialist, Role.DutyLead);
    private static readonly Caller _expertAndSpecialist = Case.Person("spec-04", Role.Specialist, Role.PolicyExpert);

    [Fact]
    public void A_duty_lead_approves_what_somebody_else_proposed()
    {
        var decided = Investigations.Proposed().When(_approve, Case.DutyLead).ShouldBeAccepted();

        decided.State.State.ShouldBe(EscalationState.Decided);
        decided.State.Decision!.ApprovedBy.ShouldBe("lead-01");
        decided.Recorded<DecisionApproved>().DecisionKey.ShouldBe("DEC-2027-000101-1");
    }

    [Fact]
    public void A_policy_expert_approves_in_areas_they_are_known_to_be_cleared_for()
    {
        Investigations.Proposed().Knowing(Case.Facts("policy-sme-02", PolicyArea.DangerousOrgsAndIndividuals)).When(_approve, Case.PolicyExpert).ShouldBeAccepted();
        Investigations.Proposed().Knowing(Case.Facts("policy-sme-02", PolicyArea.Spam)).When(_approve, Case.PolicyExpert).ShouldBeRefusedBy("approver-entitled");
        var unknown = Investigations.Proposed().When(_approve, Case.PolicyExpert).ShouldBeRefusedBy("approver-entitled");
        ((Ruling.Refused)unknown.Last).Refusal.Instead.ShouldContain("take-interim-action");
    }

    [Fact]
    public void Legal_counsel_approves_local_law_and_legal_orders_only()
    {
        Investigations.Proposed().When(_approve, Case.LegalCounsel).ShouldBeRefusedBy("approver-entitled");
        Investigations.Proposed(flags: Flag.LegalOrder).When(_approve, Case.LegalCounsel).ShouldBeAccepted();
        Investigations.Started(area: PolicyArea.LocalLaw).When(Investigations.Removal).When(_approve, Case.LegalCounsel).ShouldBeAccepted();
    }

    [Theory]
    [InlineData(Severity.SEV1, null)]
    [InlineData(Severity.SEV2, null)]
    [InlineData(Severity.SEV4, Flag.GreyArea)]
    [InlineData(Severity.SEV4, Flag.PublicFigure)]
    [InlineData(Severity.SEV4, Flag.Newsworthy)]
    [InlineData(Severity.SEV4, Flag.StateActor)]
    public void What_is_grave_or_delicate_takes_a_second_person(Severity severity, Flag? flag)
    {
        var proposed = Investigations.Started(severity, flags: flag is { } mark ? [mark] : [])
            .When(Investigations.Removal with { OptionsWeighed = ["removal", "label"] }).ShouldBeAccepted();
        var refused = proposed.When(_approve, _expertAndSpecialist).ShouldBeRefusedBy("four-eyes");
        ((Ruling.Refused)refused.Last).Refusal.Instead.ShouldContain("take-interim-action");
    }

    [Fact]
    public void A_local_law_decision_takes_a_second_person()
    {
        var lawyer = Case.Person("spec-04", Role.Specialist, Role.LegalCounsel);
        Investigations.Started(Severity.SEV4, PolicyArea.LocalLaw).When(Investigations.Removal, lawyer).When(_approve, lawyer).ShouldBeRefusedBy("four-eyes");
    }

    [Fact]
    public void In_a_routine_case_an_expert_approves_their_own_and_a_duty_lead_never()
    {
        Investigations.Proposed(Severity.SEV3).When(_approve, _expertAndSpecialist).ShouldBeAccepted();
        Investigations.Proposed(Severity.SEV3).When(_approve, _leadAndSpecialist).ShouldBeRefusedBy("four-eyes");
    }

    [Fact]
    public void An_approval_is_the_second_look_at_interim_actions_of_the_same_kind_by_somebody_else()
    {
        var taken = Investigations.Started()
            .When(new TakeInterimAction(EnforcementAction.RemoveContent, "the video", "live")).ShouldBeAccepted()
            .When(new TakeInterimAction(EnforcementAction.Demote, "re-uploads", "live")).ShouldBeAccepted()
            .When(new TakeInterimAction(EnforcementAction.RemoveContent, "the mirror", "live"), Case.DutyLead).ShouldBeAccepted()
            .When(Investigations.Removal).When(_approve, Case.DutyLead).ShouldBeAccepted();

        taken.State.InterimActions.Select(a => a.State).ShouldBe([InterimActionState.Confirmed, InterimActionState.InForce, InterimActionState.InForce]);
        taken.Recorded<DecisionApproved>();
    }

    [Fact]
    public void Only_a_proposed_decision_is_approved()
    {
        Investigations.Decided().When(_approve, Case.DutyLead).ShouldBeRefused(RefusalKind.IllegalTransition);
        DecisionApproval.Check(Escalation.None, Contexts.Of(Case.Raised(), Case.DutyLead)).ShouldBeOfType<Ruling.Refused>().Refusal.Guard.ShouldBe("decision-proposed");
        Investigations.Proposed().When(_approve).ShouldBeRefused(RefusalKind.Forbidden);
    }
}
