using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>Phases begin by hand and by the schedule, one after the other.</summary>
public class PhaseTests
{
    [Fact]
    public void A_phase_follows_its_predecessor_and_no_other()
    {
        ElectionCase.Registered().When(new EnterPhase(ElectionPhase.PreElection)).ShouldBeRefused(RefusalKind.IllegalTransition);
        var given = ElectionCase.Assessed();
        given.When(new EnterPhase(ElectionPhase.Voting, "at once")).ShouldBeRefusedBy("legal-predecessor");
        given.When(new EnterPhase(ElectionPhase.PreElection)).ShouldBeAccepted();
        given.When(new EnterPhase(ElectionPhase.PreElection)).ShouldBeRefusedBy("legal-predecessor");
        given.When(new EnterPhase(ElectionPhase.Counting)).ShouldBeRefusedBy("legal-predecessor");
        foreach (var phase in new[] { ElectionPhase.Voting, ElectionPhase.Counting, ElectionPhase.Certification, ElectionPhase.PostElection })
        {
            given.When(new EnterPhase(phase), ElectionCase.DutyLead).ShouldBeAccepted().State.Stage.ShouldBe(phase);
        }

        given.When(new EnterPhase(ElectionPhase.Closed)).ShouldBeRefused(RefusalKind.IllegalTransition);
        given.When(new EnterPhase(ElectionPhase.Voting), ElectionCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void Earlier_or_later_than_scheduled_needs_a_reason()
    {
        var given = ElectionCase.In(ElectionPhase.SilencePeriod).At(ElectionCase.Utc("05-16T03:00"));
        given.When(new EnterPhase(ElectionPhase.Voting)).ShouldBeRefusedBy("reason-given");
        given.When(new EnterPhase(ElectionPhase.Voting, "polls opened early")).ShouldBeAccepted();
        given.Recorded<ElectionPhaseEntered>().ShouldBe(new ElectionPhaseEntered(ElectionPhase.Voting, PhaseTrigger.Manual, 1, ElectionCase.Utc("05-16T04:00"), "polls opened early"));

        given.At(ElectionCase.Utc("05-16T20:00")).When(new EnterPhase(ElectionPhase.Counting)).ShouldBeRefusedBy("reason-given");
        given.When(new EnterPhase(ElectionPhase.Counting, "queues at closing time")).ShouldBeAccepted();
    }

    [Fact]
    public void On_time_or_unscheduled_it_needs_none()
    {
        ElectionCase.In(ElectionPhase.SilencePeriod).At(ElectionCase.Utc("05-16T04:01")).When(new EnterPhase(ElectionPhase.Voting)).ShouldBeAccepted();
        ElectionCase.Assessed().When(new EnterPhase(ElectionPhase.PreElection)).ShouldBeAccepted().Recorded<ElectionPhaseEntered>().ScheduleVersion.ShouldBe(0);
    }

    [Fact]
    public void A_scheduled_silence_period_is_left_out_only_with_a_reason()
    {
        var given = ElectionCase.Assessed().When(new SetSchedule(ElectionCase.Phases)).When(new EnterPhase(ElectionPhase.PreElection, "early"));
        var voting = ElectionCase.Utc("05-16T04:00");
        given.At(voting).When(new EnterPhase(ElectionPhase.Voting)).ShouldBeRefusedBy("reason-given");
        given.When(new EnterPhase(ElectionPhase.Voting, "the court lifted the silence")).ShouldBeAccepted();
        given.Of(ElectionDeadlines.ElectionPhaseDue).Single().Ref.ShouldBe("Counting");
    }

    [Fact]
    public void Only_the_next_phase_stands_on_the_clock_and_one_begun_by_hand_vanishes()
    {
        ElectionCase.Registered().When(new SetSchedule(ElectionCase.Phases)).ShouldBeAccepted().Of(ElectionDeadlines.ElectionPhaseDue).ShouldBeEmpty();
        var given = ElectionCase.Scheduled();
        given.Of(ElectionDeadlines.ElectionPhaseDue).ShouldHaveSingleItem().ShouldBe(new Deadline("ElectionPhaseDue", "PreElection", 1, ElectionCase.Utc("04-15T22:00")));
        given.When(new EnterPhase(ElectionPhase.PreElection, "campaign began")).ShouldBeAccepted();
        given.Of(ElectionDeadlines.ElectionPhaseDue).ShouldHaveSingleItem().Ref.ShouldBe("SilencePeriod");
    }

    [Fact]
    public void Without_a_scheduled_silence_period_voting_follows_the_campaign()
    {
        var given = ElectionCase.Assessed().When(new SetSchedule([.. ElectionCase.Phases.Where(p => p.Phase != ElectionPhase.SilencePeriod)])).ShouldBeAccepted();
        given.Fire(given.Of(ElectionDeadlines.ElectionPhaseDue).Single()).ShouldBeAccepted();
        given.Of(ElectionDeadlines.ElectionPhaseDue).ShouldHaveSingleItem().Ref.ShouldBe("Voting");
    }

    [Fact]
    public void After_an_outage_over_several_phases_they_begin_in_order_each_with_its_own_due_time()
    {
        var given = ElectionCase.Scheduled().At(ElectionCase.Utc("05-17T00:00"));
        given.When(new EnterScheduledPhase(ElectionPhase.Voting, 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        while (given.Of(ElectionDeadlines.ElectionPhaseDue).Single() is var due && due.DueAt <= given.Now)
        {
            given.Fire(due).ShouldBeAccepted();
        }

        given.History.Select(h => h.Event).OfType<ElectionPhaseEntered>().Select(e => (e.Phase, e.DueAt)).ShouldBe(
        [
            (ElectionPhase.PreElection, ElectionCase.Utc("04-15T22:00")), (ElectionPhase.SilencePeriod, ElectionCase.Utc("05-14T22:00")),
            (ElectionPhase.Voting, ElectionCase.Utc("05-16T04:00")), (ElectionPhase.Counting, ElectionCase.Utc("05-16T18:00")),
        ]);
    }

    [Fact]
    public void A_timer_of_an_older_schedule_too_early_or_by_a_person_does_nothing()
    {
        var given = ElectionCase.In(ElectionPhase.SilencePeriod);
        given.When(new EnterScheduledPhase(ElectionPhase.Voting, 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.When(new EnterScheduledPhase(ElectionPhase.Voting, 1)).ShouldBeRefused(RefusalKind.Forbidden);
        given.When(new AmendSchedule([.. ElectionCase.Phases.Skip(2).Select(p => p.Phase == ElectionPhase.Voting ? p with { At = "2027-05-16T07:00" } : p)], "later")).ShouldBeAccepted();
        given.At(ElectionCase.Utc("05-16T06:00")).When(new EnterScheduledPhase(ElectionPhase.Voting, 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.When(new EnterScheduledPhase(ElectionPhase.Voting, 2), Caller.System).ShouldBeAccepted();
    }

    [Theory]
    [InlineData(ElectionPhase.PreElection, null)]
    [InlineData(ElectionPhase.SilencePeriod, Severity.SEV2)]
    [InlineData(ElectionPhase.Voting, Severity.SEV2)]
    [InlineData(ElectionPhase.Counting, null)]
    public void Voter_interference_is_worse_while_people_are_about_to_vote_or_do(ElectionPhase phase, Severity? floor)
    {
        var given = ElectionCase.In(phase);
        given.State.SeverityFloor.ShouldBe(floor);
        PhaseRules.FloorFact.ShouldBe("election-floor");
        (given.State with { Exercise = true }).SeverityFloor.ShouldBeNull();
        given.Told().Body!.Contains("SEV2", StringComparison.Ordinal).ShouldBe(floor is not null);
        given.Told().Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Executive], ignoreOrder: true);
    }
}
