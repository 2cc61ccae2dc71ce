using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Reviews;

/// <summary>From the opened review to the one that is submitted.</summary>
public class ReviewDraftTests
{
    [Fact]
    public void The_rule_opens_the_review_of_a_crisis_with_what_the_crisis_is()
    {
        var opened = ReviewCase.Opened();
        (opened.State.Stage, opened.State.CrisisKey, opened.State.Owner, opened.State.DueAt).ShouldBe((ReviewState.Draft, "CR-2027-0007", "spec-04", ReviewCase.Due));
        (opened.State.Title, opened.State.Tlp, opened.State.Exercise).ShouldBe(("Live video of an attack", Tlp.AMBER, false));
        opened.State.Regions.ShouldBe(["XN"]);
        opened.Told().Others[Audience.Executive].Body.ShouldBe("meets by 2027-05-20 14:00Z");
        opened.Told().Kind.ShouldBe(EntryKind.Review);
        ReviewCase.Opening.Streams().ShouldBe(["CR-2027-0007"]);
    }

    [Fact]
    public void A_review_is_as_secret_as_its_crisis_at_least()
    {
        new ReviewCase().When(ReviewCase.Opening with { Tlp = Tlp.GREEN }).ShouldBeAccepted().State.Tlp.ShouldBe(Tlp.AMBER);
        new ReviewCase().When(ReviewCase.Opening with { Tlp = Tlp.AmberStrict, Title = "HARBOUR", Region = ["XN-01"] }).ShouldBeAccepted().State.Tlp.ShouldBe(Tlp.AmberStrict);
    }

    [Fact]
    public void Only_a_crisis_that_ended_is_reviewed()
    {
        new ReviewCase().When(ReviewCase.Opening with { CrisisKey = "CR-2027-0099" }).ShouldBeRefusedBy("crisis-known");
        new ReviewCase().When(ReviewCase.Opening with { CrisisKey = null! }).ShouldBeRefusedBy("crisis-known");
        new ReviewCase().Knowing(ReviewCase.Crisis(CrisisState.Active)).When(ReviewCase.Opening).ShouldBeRefusedBy("crisis-stood-down");
        new ReviewCase().Knowing(ReviewCase.Crisis(CrisisState.StoodDown)).When(ReviewCase.Opening).ShouldBeAccepted();
        new ReviewCase().When(ReviewCase.Opening with { Exercise = true }).ShouldBeRefusedBy("exercise-apart");
        new ReviewCase().When(ReviewCase.Opening with { Owner = " " }).ShouldBeRefusedBy("owner-named");
        new ReviewCase().When(ReviewCase.Opening, ReviewCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        ReviewCase.Opened().When(ReviewCase.Opening).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void The_meeting_is_called_by_the_owner_and_may_be_late()
    {
        var opened = ReviewCase.Opened();
        opened.When(new ScheduleReview(ReviewCase.Due), ReviewCase.Specialist).ShouldBeRefusedBy("review-owner");
        opened.When(new ScheduleReview(opened.Now), ReviewCase.Owner).ShouldBeRefusedBy("meeting-ahead");
        opened.When(new ScheduleReview(ReviewCase.Due), ReviewCase.Owner).ShouldBeAccepted().Told().Body.ShouldBeNull();
        opened.When(new ScheduleReview(ReviewCase.Due.AddHours(1)), ReviewCase.Lead).ShouldBeAccepted().Told().Body.ShouldBe("after it was due, 2027-05-20 14:00Z");
        opened.State.MeetingAt.ShouldBe(ReviewCase.Due.AddHours(1));
    }

    [Fact]
    public void The_timeline_is_frozen_as_it_is_known_and_stays_so_once_submitted()
    {
        var opened = ReviewCase.Opened();
        opened.When(new FreezeTimeline(opened.Now.AddSeconds(1)), ReviewCase.Owner).ShouldBeRefusedBy("as-of-known");
        opened.When(new FreezeTimeline(opened.Now), ReviewCase.Specialist).ShouldBeRefusedBy("review-owner");
        opened.When(new FreezeTimeline(opened.Now), Caller.System).ShouldBeAccepted();
        opened.When(new FreezeTimeline(opened.Now.AddHours(-1)), ReviewCase.Owner).ShouldBeAccepted().State.FrozenAsOf.ShouldBe(opened.Now.AddHours(-1));
        ReviewCase.Submitted().When(new FreezeTimeline(ReviewCase.Start), ReviewCase.Owner).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Everybody_who_served_records_what_contributed()
    {
        var opened = ReviewCase.Opened();
        opened.When(new RecordContributingFactor(" "), ReviewCase.Specialist).ShouldBeRefusedBy("factor-said");
        opened.When(new RecordContributingFactor("Nobody on call read the language.", ["CR-2027-0007@12", "CR-2027-0007@12"]), ReviewCase.Specialist).ShouldBeAccepted();
        opened.When(new RecordContributingFactor("The hash came late."), ReviewCase.Press).ShouldBeAccepted();
        opened.State.Factors.Select(f => f.FactorId).ShouldBe(["CF-1", "CF-2"]);
        opened.State.Factors[0].Refs.ShouldBe(["CR-2027-0007@12"]);
        opened.When(new RecordContributingFactor("x"), ReviewCase.Person("exec-01", Role.Executive)).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void What_the_crisis_masks_is_masked_here_outside_core()
    {
        var told = ReviewCase.Opened().When(new RecordContributingFactor("The perpetrator's name was posted."), ReviewCase.Specialist).Told();
        told.Headline.ShouldContain("perpetrator");
        told.Others[Audience.CrossFunctional].Headline.ShouldBe("CF-1: [masked] was posted.");
    }

    [Fact]
    public void A_recommendation_exists_and_came_of_this_review()
    {
        var opened = ReviewCase.Opened();
        opened.When(new NameRecommendation("IMP-99"), ReviewCase.Specialist).ShouldBeRefusedBy("recommendation-known");
        opened.When(new NameRecommendation("CR-2027-0007"), ReviewCase.Specialist).ShouldBeRefusedBy("recommendation-known");
        opened.When(new NameRecommendation("IMP-40"), ReviewCase.Specialist).ShouldBeRefusedBy("recommendation-of-this-review");
        opened.When(new NameRecommendation("IMP-41"), ReviewCase.Specialist).ShouldBeRefusedBy("recommendation-of-this-review");
        opened.When(new NameRecommendation("IMP-31"), Caller.System).ShouldBeAccepted();
        opened.When(new NameRecommendation("IMP-31"), ReviewCase.Specialist).ShouldBeRefusedBy("recommendation-new");
        ((IReviewFacts)opened.State).Recommendations.ShouldBe(["IMP-31"]);
        new NameRecommendation("IMP-31").Streams().ShouldBe(["IMP-31"]);
        ReviewCase.Approved().When(new NameRecommendation("IMP-32"), ReviewCase.Lead).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void What_is_submitted_has_a_frozen_timeline_and_a_factor()
    {
        var opened = ReviewCase.Opened();
        opened.When(new SubmitReview(), ReviewCase.Specialist).ShouldBeRefusedBy("review-owner");
        opened.When(new SubmitReview(), ReviewCase.Owner).ShouldBeRefusedBy("timeline-frozen").When(new FreezeTimeline(ReviewCase.Start), ReviewCase.Owner);
        opened.When(new SubmitReview(), ReviewCase.Owner).ShouldBeRefusedBy("factor-recorded").When(new RecordContributingFactor("x"), ReviewCase.Owner);
        opened.When(new SubmitReview(), ReviewCase.Owner).ShouldBeAccepted();
        (opened.State.Stage, opened.State.SubmittedBy).ShouldBe((ReviewState.InReview, "spec-04"));
    }

    [Fact]
    public void Another_owner_is_known_and_cleared()
    {
        var opened = ReviewCase.Opened();
        opened.When(new ReassignReview("spec-09"), ReviewCase.Specialist).ShouldBeRefusedBy("review-owner");
        opened.When(new ReassignReview("spec-04"), ReviewCase.Owner).ShouldBeRefusedBy("owner-new");
        opened.When(new ReassignReview("nobody"), ReviewCase.Owner).ShouldBeRefusedBy("person-known");
        opened.When(new ReassignReview("spec-30"), ReviewCase.Owner).ShouldBeRefusedBy("person-cleared");
        opened.When(new ReassignReview("spec-09", "was there all night"), ReviewCase.Owner).ShouldBeAccepted();
        opened.Recorded<ReviewReassigned>().ShouldBe(new ReviewReassigned("spec-04", "spec-09", "was there all night"));
        opened.State.Deadlines.ShouldHaveSingleItem().Owner.ShouldBe("spec-09");
        opened.When(new ReassignReview("lead-03"), ReviewCase.Person("lead-03", Role.DutyLead)).ShouldBeAccepted();
        new ReassignReview("spec-09").People("lead-01").ShouldBe(["spec-09"]);
    }

    [Fact]
    public void A_note_is_for_the_consulted_too_unless_it_is_not()
    {
        var opened = ReviewCase.Opened();
        opened.When(new PostReviewNote(""), ReviewCase.Specialist).ShouldBeRefusedBy("note-said");
        opened.When(new PostReviewNote("ask the partners"), ReviewCase.Specialist).ShouldBeAccepted().Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        opened.When(new PostReviewNote("ask the police", CoreOnly: true), ReviewCase.Specialist).ShouldBeAccepted().Told().Others.ShouldBeEmpty();
    }

    [Fact]
    public void A_case_that_nobody_linked_is_named_once_while_it_is_drafted()
    {
        var opened = ReviewCase.Opened();
        opened.When(new NameCase("ESC-2027-999999"), ReviewCase.Specialist).ShouldBeRefusedBy("escalation-known");
        opened.When(new NameCase("CR-2027-0007"), ReviewCase.Specialist).ShouldBeRefusedBy("escalation-known");
        opened.When(new NameCase(null!), ReviewCase.Specialist).ShouldBeRefusedBy("escalation-known");
        opened.When(new NameCase("ESC-2027-000190"), ReviewCase.Specialist).ShouldBeRefusedBy("exercise-apart");
        opened.When(new NameCase("ESC-2027-000104"), ReviewCase.Specialist).ShouldBeAccepted().State.Cases.ShouldBe(["ESC-2027-000104"]);
        opened.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        opened.When(new NameCase("ESC-2027-000104"), ReviewCase.Specialist).ShouldBeRefusedBy("case-new");
        ReviewCase.Submitted().When(new NameCase("ESC-2027-000104"), ReviewCase.Specialist).ShouldBeRefused(RefusalKind.IllegalTransition);
    }
}
