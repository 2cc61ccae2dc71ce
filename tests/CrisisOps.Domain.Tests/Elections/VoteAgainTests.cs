using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>Votes that are moved, repeated or called off.</summary>
public class VoteAgainTests
{
    private static readonly IReadOnlyList<PhaseAt> _second =
    [
        new(ElectionPhase.SilencePeriod, "2027-06-12T00:00"), new(ElectionPhase.Voting, "2027-06-13T06:00"), new(ElectionPhase.Counting, "2027-06-13T20:00"),
    ];

    [Fact]
    public void A_run_off_begins_the_campaign_anew_with_a_schedule_of_its_own()
    {
        var given = ElectionCase.In(ElectionPhase.Counting).When(new ScheduleRunoff(_second, new DateOnly(2027, 6, 13))).ShouldBeAccepted();
        var runoff = given.Recorded<RunoffScheduled>();
        (runoff.Round, runoff.Version, given.State.Stage, given.State.Round, given.State.ElectionDay).ShouldBe((2, 2, ElectionPhase.PreElection, 2, new DateOnly(2027, 6, 13)));
        given.Of(ElectionDeadlines.ElectionPhaseDue).ShouldHaveSingleItem().ShouldBe(new Deadline("ElectionPhaseDue", "SilencePeriod", 2, ElectionCase.Utc("06-11T22:00")));
        given.State.Entered.Select(e => e.Phase).ShouldBe([ElectionPhase.PreElection]);
    }

    [Fact]
    public void A_run_off_follows_a_count_and_has_dates_of_its_own()
    {
        ElectionCase.In(ElectionPhase.Voting).When(new ScheduleRunoff(_second)).ShouldBeRefused(RefusalKind.IllegalTransition);
        ElectionCase.In(ElectionPhase.PostElection).When(new ScheduleRunoff(_second)).ShouldBeRefused(RefusalKind.IllegalTransition);
        ElectionCase.In(ElectionPhase.Certification).When(new ScheduleRunoff(ElectionCase.Phases)).ShouldBeRefusedBy("phase-ahead");
        ElectionCase.In(ElectionPhase.Certification).When(new ScheduleRunoff([.. _second.Skip(2)])).ShouldBeRefusedBy("schedule-complete");
        ElectionCase.In(ElectionPhase.Certification).When(new ScheduleRunoff(_second)).ShouldBeAccepted().State.ElectionDay.ShouldBe(new DateOnly(2027, 5, 16));
    }

    [Fact]
    public void Nobody_moves_to_a_day_on_which_another_vote_of_that_kind_is_open()
    {
        var day = new DateOnly(2027, 6, 13);
        ElectionCase Given(ElectionPhase phase, string open) =>
            ElectionCase.In(phase).KnowingFact(ElectionDayGuard.OpenElectionFact, "XN/Parliamentary/2027-06-13", open);
        Given(ElectionPhase.Counting, "EL-XN-2027-02").When(new ScheduleRunoff(_second, day)).ShouldBeRefusedBy("one-open-election");
        Given(ElectionPhase.Counting, "EL-XN-2027-02").When(new AnnulElection("NCC-2027-9", day)).ShouldBeRefusedBy("one-open-election");
        Given(ElectionPhase.PreElection, "EL-XN-2027-02").When(new PostponeElection("NEC-2027-121", day)).ShouldBeRefusedBy("one-open-election");
        Given(ElectionPhase.PreElection, ElectionCase.Key).When(new PostponeElection("NEC-2027-121", day)).ShouldBeAccepted();
    }

    [Fact]
    public void A_postponed_vote_keeps_its_phase_and_nothing_begins_until_there_are_new_dates()
    {
        var given = ElectionCase.In(ElectionPhase.SilencePeriod);
        given.When(new PostponeElection(" ")).ShouldBeRefusedBy("authority-reference");
        given.When(new PostponeElection("NEC-2027-121", new DateOnly(2027, 6, 13))).ShouldBeAccepted();
        (given.State.Stage, given.State.ElectionDay, given.State.ScheduleVersion).ShouldBe((ElectionPhase.SilencePeriod, new DateOnly(2027, 6, 13), 2));
        given.Of(ElectionDeadlines.ElectionPhaseDue).ShouldBeEmpty();
        given.At(ElectionCase.Utc("05-16T04:00")).When(new EnterScheduledPhase(ElectionPhase.Voting, 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.When(new EnterScheduledPhase(ElectionPhase.Voting, 2), Caller.System).ShouldBeRefusedBy("deadline-current");

        // The old date is behind: it does not come back to life by standing as it stood.
        given.When(new SetSchedule([.. ElectionCase.Phases.Skip(2)])).ShouldBeRefusedBy("phase-ahead");
        given.When(new SetSchedule([.. _second.Skip(1)])).ShouldBeAccepted().State.ScheduleVersion.ShouldBe(3);
        given.Of(ElectionDeadlines.ElectionPhaseDue).ShouldHaveSingleItem().Generation.ShouldBe(3);
    }

    [Fact]
    public void A_suspended_schedule_may_be_amended_too() =>
        ElectionCase.In(ElectionPhase.PreElection).When(new PostponeElection("NEC-2027-121")).When(new AmendSchedule(_second, "new dates")).ShouldBeAccepted()
            .State.ScheduleSuspended.ShouldBeFalse();

    [Fact]
    public void A_vote_that_has_begun_is_annulled_not_postponed_or_cancelled()
    {
        ElectionCase.In(ElectionPhase.Voting).When(new PostponeElection("NEC-2027-121")).ShouldBeRefused(RefusalKind.IllegalTransition);
        ElectionCase.In(ElectionPhase.Voting).When(new CancelElection("NEC-2027-130")).ShouldBeRefused(RefusalKind.IllegalTransition);
        ElectionCase.In(ElectionPhase.Voting).When(new AnnulElection("NCC-2027-9")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Theory]
    [InlineData(ElectionPhase.Counting)]
    [InlineData(ElectionPhase.Certification)]
    [InlineData(ElectionPhase.PostElection)]
    public void An_annulled_vote_is_held_again_and_owes_a_new_review(ElectionPhase phase)
    {
        var given = ElectionCase.In(phase);
        if (phase == ElectionPhase.PostElection)
        {
            given.When(new FileElectionReview("PIR-2027-0012")).ShouldBeAccepted();
        }

        given.When(new AnnulElection("")).ShouldBeRefusedBy("authority-reference");
        given.When(new AnnulElection("NCC-2027-9"), ElectionCase.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);
        given.When(new AnnulElection("NCC-2027-9")).ShouldBeAccepted();
        (given.State.Stage, given.State.ScheduleSuspended, given.State.ReviewRef).ShouldBe((ElectionPhase.PreElection, true, null));
        given.State.Deadlines.ShouldBeEmpty();
        given.When(new SetSchedule(_second)).ShouldBeAccepted();
    }

    [Fact]
    public void A_cancelled_vote_is_over_and_so_are_its_measures()
    {
        var given = ElectionCase.In(ElectionPhase.SilencePeriod).Staffed()
            .When(new ActivateMeasure(ElectionMeasureKind.PoliticalAdsPause, ElectionCase.Utc("05-23T18:00"))).ShouldBeAccepted()
            .When(new ChangePosture(ElectionPosture.OperationsCenter, ElectionCase.Utc("05-18T08:00"))).ShouldBeAccepted();
        given.When(new CancelElection("")).ShouldBeRefusedBy("authority-reference");
        given.When(new CancelElection("NEC-2027-130")).ShouldBeAccepted();
        given.History.TakeLast(2).Select(h => h.Event).ShouldBe(
            [new ElectionMeasureLifted("MEA-1", ElectionMeasureKind.PoliticalAdsPause, "XN", "Cancelled"), new ElectionCancelled("NEC-2027-130")]);
        (given.State.Stage, given.State.Open, given.State.SeverityFloor).ShouldBe((ElectionPhase.Cancelled, false, null));
        given.State.Deadlines.ShouldBeEmpty();
        given.When(new EnterPhase(ElectionPhase.Voting, "after all")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }
}
