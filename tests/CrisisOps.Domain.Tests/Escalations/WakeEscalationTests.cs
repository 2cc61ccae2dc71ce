using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class WakeEscalationTests
{
    [Fact]
    public void A_person_wakes_a_case_at_any_time()
    {
        var woken = Snoozed().When(new WakeEscalation("new report")).ShouldBeAccepted();

        Queueing.Queued(woken.State).ShouldBeTrue();
        woken.DeadlineKinds.ShouldBeEmpty();
        woken.Told()!.Body.ShouldBe("new report");
    }

    [Fact]
    public void The_timer_wakes_it_at_its_time() =>
        Snoozed().After(TimeSpan.FromHours(2)).When(new WakeEscalation(Generation: 1), Caller.System).ShouldBeAccepted()
            .Told()!.Kind.ShouldBe(EntryKind.Clock);

    [Fact]
    public void A_stale_timer_does_nothing()
    {
        Snoozed().When(new WakeEscalation(Generation: 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        Snoozed().When(new WakeEscalation()).When(new WakeEscalation(Generation: 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        Snoozed().When(new SnoozeEscalation("longer", Case.Start.AddHours(3))).After(TimeSpan.FromHours(4))
            .When(new WakeEscalation(Generation: 1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void Only_a_snoozed_case_is_woken() => Case.Triaged(Severity.SEV3).When(new WakeEscalation()).ShouldBeRefusedBy("snoozed");

    private static Case Snoozed() =>
        Case.Triaged(Severity.SEV3).When(new SnoozeEscalation("the office opens then", Case.Start.AddHours(2))).ShouldBeAccepted();
}
