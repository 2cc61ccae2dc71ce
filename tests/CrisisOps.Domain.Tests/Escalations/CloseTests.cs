using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class CloseTests
{
    [Fact]
    public void A_case_is_closed_by_the_server_after_72_hours_without_dispute()
    {
        var closed = Endings.Resolved().After(TimeSpan.FromHours(72)).When(new Close(), Caller.System).ShouldBeAccepted();

        closed.State.State.ShouldBe(EscalationState.Closed);
        closed.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void A_case_that_may_be_disputed_is_not_closed() =>
        Endings.Resolved().After(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1)).When(new Close()).ShouldBeRefusedBy("dispute-time-over");

    [Fact]
    public void An_open_task_keeps_it_open() =>
        Endings.Resolved(c => c.When(new AddTask("Write the review", "spec-09"))).After(TimeSpan.FromHours(73)).When(new Close()).ShouldBeRefusedBy("no-open-task")
            .When(new CompleteTask("TSK-1")).ShouldBeAccepted()
            .When(new Close()).ShouldBeAccepted();

    [Fact]
    public void It_closes_by_itself_unless_a_task_keeps_it_open()
    {
        var resolved = Endings.Resolved();
        resolved.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline("CloseDue", "", 1, resolved.Now.AddHours(72)));

        resolved.When(new AddTask("Write the review", "spec-09")).ShouldBeAccepted().DeadlineKinds.ShouldNotContain("CloseDue");
        resolved.When(new CompleteTask("TSK-1")).ShouldBeAccepted().DeadlineKinds.ShouldBe(["CloseDue"]);
        resolved.After(TimeSpan.FromHours(72)).When(new Close(), Caller.System).ShouldBeAccepted().State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void A_dispute_takes_the_end_back_and_the_next_one_has_a_timer_of_its_own()
    {
        var disputed = Endings.Resolved().When(new Reopen("the same video is up again", ReopenGround.Dispute)).ShouldBeAccepted();
        disputed.DeadlineKinds.ShouldNotContain("CloseDue");

        disputed.After(TimeSpan.FromHours(80))
            .When(new ProposeDecision(Verdict.NoViolation, "Community Rules s.3", "satire", EvidenceRefs: ["EVD-1"])).ShouldBeAccepted()
            .When(new ApproveDecision(), Case.DutyLead).ShouldBeAccepted()
            .When(new Resolve(Outcome.NoViolation)).ShouldBeAccepted();

        disputed.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline("CloseDue", "", 2, disputed.Now.AddHours(72)));
        disputed.When(new Close(), Caller.System).ShouldBeRefusedBy("dispute-time-over");
    }

    [Fact]
    public void The_dispute_time_promised_at_the_end_holds_whatever_is_configured_since() =>
        Endings.Resolved().Knowing(c => c with { Rules = c.Rules with { ServiceLevels = new ServiceLevels { CloseAfter = TimeSpan.FromHours(1) } } })
            .After(TimeSpan.FromHours(2)).When(new Close()).ShouldBeRefusedBy("dispute-time-over");

    [Fact]
    public void Only_a_resolved_case_is_closed() => Case.Triaged().When(new Close()).ShouldBeRefused(RefusalKind.IllegalTransition);
}
