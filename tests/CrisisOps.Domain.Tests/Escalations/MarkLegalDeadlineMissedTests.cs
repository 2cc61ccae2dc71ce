using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class MarkLegalDeadlineMissedTests
{
    private const string Tco = "TCO_REMOVAL_1H";

    [Fact]
    public void A_legal_clock_that_ran_out_is_missed_and_owed_still()
    {
        var missed = Ordered().After(TimeSpan.FromHours(1)).RunsOut(ClockKind.Legal).ShouldBeAccepted();

        missed.Recorded<LegalDeadlineMissed>().ShouldBe(new LegalDeadlineMissed(Tco, Case.Start.AddHours(1), missed.Now));
        missed.Clock(ClockKind.Legal).ShouldSatisfyAllConditions(c => c.Running.ShouldBeTrue(), c => c.Result.ShouldBe(ClockResult.Breached));
        missed.ClockDeadlines.Single(d => d.Ref == Tco).ShouldSatisfyAllConditions(d => d.Kind.ShouldBe("LegalClock"), d => d.Missed.ShouldBeTrue());
        missed.Told()!.Kind.ShouldBe(EntryKind.Legal);
        missed.Told()!.Others[Audience.CrossFunctional].Headline.ShouldNotContain(Tco);
        missed.RunsOut(ClockKind.Legal).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void The_legal_basis_of_a_request_by_telephone_is_a_legal_deadline_too()
    {
        var missed = Case.Raised(r => r with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true }).After(TimeSpan.FromMinutes(60)).RunsOut(ClockKind.LegalBasis).ShouldBeAccepted();

        missed.Recorded<LegalDeadlineMissed>().ClockId.ShouldBe("LEGAL_BASIS");
    }

    [Fact]
    public void A_missed_legal_clock_forbids_merging_and_rejecting_as_a_running_one_does()
    {
        var missed = Ordered().After(TimeSpan.FromHours(1)).RunsOut(ClockKind.Legal).ShouldBeAccepted();

        missed.When(new Merge("ESC-2027-000102")).ShouldBeRefusedBy("no-running-legal-clock");
        missed.When(new Reject(RejectReason.OutOfScope, "not ours"), Case.DutyLead).ShouldBeRefusedBy("never-a-legal-order");
    }

    [Fact]
    public void A_question_to_the_requester_does_not_hold_it_up()
    {
        var asked = Case.Raised(r => Investigations.Order(r)).When(new RequestInput("Which file?", Case.Start.AddHours(3), FromRequester: true)).ShouldBeAccepted();

        asked.After(TimeSpan.FromHours(1)).RunsOut(ClockKind.Legal).ShouldBeAccepted();
    }

    [Fact]
    public void A_timer_of_an_older_generation_a_voided_order_and_a_person_record_nothing()
    {
        var restarted = Ordered().After(TimeSpan.FromMinutes(50)).When(new RestartLegalClock(Tco, Case.Start.AddMinutes(50)), Case.LegalCounsel).ShouldBeAccepted();
        restarted.After(TimeSpan.FromMinutes(10)).When(new MarkLegalDeadlineMissed(Tco, 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        restarted.RunsOut(ClockKind.Legal).ShouldBeRefusedBy("deadline-current");
        restarted.At(Case.Start.AddMinutes(110)).RunsOut(ClockKind.Legal).ShouldBeAccepted();

        Ordered().When(new VoidLegalOrder("not genuine", NotGenuine: true), Case.LegalCounsel).ShouldBeAccepted().After(TimeSpan.FromHours(1)).RunsOut(ClockKind.Legal).ShouldBeRefusedBy("deadline-current");
        Ordered().After(TimeSpan.FromHours(1)).When(new MarkLegalDeadlineMissed(Tco, 1), Case.LegalCounsel).ShouldBeRefused(RefusalKind.Forbidden);
        Ordered().After(TimeSpan.FromHours(1)).When(new MarkLegalDeadlineMissed("ACK", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        Ordered().After(TimeSpan.FromHours(1)).When(new MarkLegalDeadlineMissed(null!, 1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    private static Case Ordered() => Case.Raised(r => Investigations.Order(r));
}
