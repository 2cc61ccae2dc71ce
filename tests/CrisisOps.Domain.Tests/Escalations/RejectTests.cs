using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RejectTests
{
    private static readonly Reject _reject = new(RejectReason.OutOfScope, "This is not on our platform.");

    [Theory]
    [InlineData(Source.GovernmentOrder)]
    [InlineData(Source.GovernmentRequest)]
    [InlineData(Source.LawEnforcement)]
    [InlineData(Source.CourtOrder)]
    public void What_an_authority_sends_is_never_rejected(Source source) =>
        Case.Raised(r => r with { Source = source, LegalBasis = "Penal code 12", EvidenceRefs = ["EVD-1"] })
            .When(_reject, Case.DutyLead).ShouldBeRefusedBy("never-a-legal-order");

    [Fact]
    public void A_case_marked_as_a_legal_order_is_never_rejected() =>
        Case.Triaged(flags: Flag.LegalOrder).When(_reject, Case.DutyLead).ShouldBeRefusedBy("never-a-legal-order");

    [Fact]
    public void A_case_with_a_running_legal_clock_is_never_rejected() =>
        Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3" }).When(_reject, Case.DutyLead).ShouldBeRefusedBy("never-a-legal-order");

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void The_requester_is_told_why(string? explanation) =>
        Case.Raised().When(_reject with { Explanation = explanation! }, Case.DutyLead).ShouldBeRefusedBy("requester-told-why");

    [Fact]
    public void A_rejection_ends_the_case_and_its_service_levels()
    {
        var rejected = Case.Triaged(Severity.SEV3).When(new SnoozeEscalation("later", Case.Start.AddHours(1))).When(_reject, Case.DutyLead).ShouldBeAccepted();

        rejected.State.State.ShouldBe(EscalationState.Rejected);
        rejected.State.EndedAt.ShouldBe(rejected.Now);
        rejected.State.Clocks.ShouldAllBe(c => !c.Running);
        rejected.State.NextUpdateDue.ShouldBeNull();
        rejected.State.Deadlines.ShouldBeEmpty();
        rejected.Told()!.Others[Audience.Partner].Body.ShouldBe("This is not on our platform.");
        rejected.Told()!.Others[Audience.Partner].Headline.ShouldNotContain("OutOfScope");
    }

    [Fact]
    public void A_specialist_does_not_reject() => Case.Raised().When(_reject).ShouldBeRefused(RefusalKind.Forbidden);

    [Fact]
    public void An_assigned_case_is_not_rejected() => Case.Assigned().When(_reject, Case.DutyLead).ShouldBeRefused(RefusalKind.IllegalTransition);
}
