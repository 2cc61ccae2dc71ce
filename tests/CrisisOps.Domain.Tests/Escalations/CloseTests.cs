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
    public void Only_a_resolved_case_is_closed() => Case.Triaged().When(new Close()).ShouldBeRefused(RefusalKind.IllegalTransition);
}
