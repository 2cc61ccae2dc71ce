using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class AnswerInquiryTests
{
    private static readonly AnswerInquiry _answer = new(Outcome.InformationProvided, "The approved line.");

    private static Case Inquiry(Func<RaiseEscalation, RaiseEscalation>? with = null) =>
        Case.Raised(r => (with?.Invoke(r) ?? r) with { Source = Source.Press, ProposedSeverity = Severity.SEV3 })
            .When(new Triage(Severity.SEV3, PolicyArea.MediaInquiry, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();

    [Fact]
    public void An_answer_resolves_the_case_without_a_decision()
    {
        var answered = Inquiry().After(TimeSpan.FromHours(1)).When(_answer, Case.Communications).ShouldBeAccepted();

        answered.State.State.ShouldBe(EscalationState.Resolved);
        answered.State.Outcome.ShouldBe(Outcome.InformationProvided);
        answered.State.ResolvedAt.ShouldBe(answered.Now);
        answered.State.EndedAt.ShouldBe(answered.Now);
        answered.State.RequesterAnsweredAt.ShouldBe(answered.Now);
        answered.Clock(ClockKind.FirstResponse).MetAt.ShouldBe(answered.Now);
        answered.Clock(ClockKind.Resolve).MetAt.ShouldBe(answered.Now);
        answered.State.Clocks.ShouldNotContain(c => c.Running);
        answered.State.NextUpdateDue.ShouldBeNull();
    }

    [Fact]
    public void Press_needs_communications() => Inquiry().When(_answer).ShouldBeRefusedBy("press-needs-communications");

    [Fact]
    public void An_outcome_that_acted_is_refused_and_so_is_a_finding_on_content()
    {
        Inquiry().When(_answer with { Outcome = Outcome.ViolationActioned }, Case.Communications).ShouldBeRefusedBy("inquiry-outcome");
        Case.Triaged().When(_answer with { Outcome = Outcome.NoViolation }).ShouldBeRefusedBy("inquiry-outcome");
        Case.Triaged().When(_answer with { Outcome = Outcome.Redirected }).ShouldBeAccepted();
        Case.Triaged(area: PolicyArea.PolicyQuestion).When(_answer with { Outcome = Outcome.UnableToAction }).ShouldBeAccepted();
    }

    [Fact]
    public void A_running_legal_clock_is_not_answered_away() =>
        Inquiry(r => r with { HardDeadline = Case.Start.AddDays(1) }).When(_answer, Case.Communications).ShouldBeRefusedBy("legal-clock-settled");

    [Fact]
    public void A_threat_to_life_is_referred_or_declined_first()
    {
        var claimed = Inquiry(r => r with { ThreatToLife = true }).When(_answer, Case.Communications).ShouldBeRefusedBy("referral-decided");
        claimed.When(new DeclineReferral("an old video")).When(_answer, Case.Communications).ShouldBeAccepted();
    }

    [Fact]
    public void Where_an_interim_action_stands_it_takes_a_decision()
    {
        var acted = Case.Triaged().When(new TakeInterimAction(EnforcementAction.RemoveContent, "the video", "live")).ShouldBeAccepted();
        acted.When(_answer).ShouldBeRefusedBy("nothing-enforced");
        acted.When(new ConfirmInterimAction("ACT-1"), Case.DutyLead).When(_answer).ShouldBeRefusedBy("nothing-enforced");

        Case.Triaged().When(new TakeInterimAction(EnforcementAction.PreserveData, "the account", "in case")).When(_answer).ShouldBeAccepted();
        Case.Triaged().When(new TakeInterimAction(EnforcementAction.RemoveContent, "the video", "live"))
            .After(TimeSpan.FromHours(4)).When(new ExpireInterimAction("ACT-1"), Caller.System).When(_answer).ShouldBeAccepted();
    }

    [Fact]
    public void A_case_with_a_decision_is_not_answered() => Investigations.Proposed().When(_answer).ShouldBeRefused(RefusalKind.IllegalTransition);

    [Fact]
    public void The_text_stays_with_core_and_whoever_asked() =>
        Inquiry().When(_answer, Case.Communications).Told()!.Others.Values.ShouldAllBe(t => t.Body == null);
}
