using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Reviews;

/// <summary>Returned, approved, published, closed; overdue, suspended, started anew.</summary>
public class ReviewOutcomeTests
{
    private const string Summary = "We answered late where nobody read the language.";

    [Fact]
    public void A_lead_or_the_submitter_returns_it_with_a_reason()
    {
        ReviewCase.Submitted().When(new ReturnReview("x"), ReviewCase.Specialist).ShouldBeRefusedBy("return-giver");
        ReviewCase.Submitted().When(new ReturnReview(""), ReviewCase.Lead).ShouldBeRefusedBy("reason-given");
        ReviewCase.Submitted().When(new ReturnReview("a page is missing"), ReviewCase.Owner).ShouldBeAccepted();
        var returned = ReviewCase.Submitted().When(new ReturnReview("the partners' side is missing"), ReviewCase.Lead).ShouldBeAccepted();
        (returned.State.Stage, returned.State.SubmittedBy).ShouldBe((ReviewState.Draft, null));
        returned.When(new SubmitReview(), ReviewCase.Owner).ShouldBeAccepted();
    }

    [Fact]
    public void Whoever_submitted_it_does_not_approve_it()
    {
        var submitted = ReviewCase.Written().When(new SubmitReview(), ReviewCase.Lead).ShouldBeAccepted();
        submitted.When(new ApproveReview(), ReviewCase.Lead).ShouldBeRefusedBy("four-eyes");
        submitted.When(new ApproveReview(), ReviewCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        submitted.When(new ApproveReview("well said"), ReviewCase.OtherLead).ShouldBeAccepted();
        (submitted.State.Stage, submitted.State.Reviewed, submitted.State.ApprovedBy).ShouldBe((ReviewState.Reviewed, true, "lead-02"));
        submitted.Told().Others[Audience.Executive].Body.ShouldBe("came to no recommendation");
    }

    [Fact]
    public void Only_what_was_approved_is_published_to_each_audience_once()
    {
        ReviewCase.Submitted().When(new PublishReview(Audience.Executive, Summary), ReviewCase.Owner).ShouldBeRefused(RefusalKind.IllegalTransition);
        var approved = ReviewCase.Approved();
        approved.When(new PublishReview(Audience.Executive, Summary), ReviewCase.Specialist).ShouldBeRefusedBy("review-owner");
        approved.When(new PublishReview(Audience.Executive, " "), ReviewCase.Owner).ShouldBeRefusedBy("summary-given");
        approved.When(new PublishReview(Audience.Core, Summary), ReviewCase.Owner).ShouldBeRefusedBy("audience-outward");
        approved.When(new PublishReview(Audience.Partner, Summary), ReviewCase.Owner).ShouldBeRefusedBy("audience-outward");
        approved.When(new PublishReview(Audience.Executive, Summary), ReviewCase.Owner).ShouldBeAccepted().Told().Others[Audience.Executive].Body.ShouldBe(Summary);
        approved.When(new PublishReview(Audience.Executive, Summary), ReviewCase.Owner).ShouldBeRefusedBy("published-once");
        approved.When(new PublishReview(Audience.CrossFunctional, Summary), ReviewCase.Lead).ShouldBeAccepted().Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        approved.State.Published.ShouldBe([Audience.Executive, Audience.CrossFunctional]);
        approved.When(new CloseReview(), ReviewCase.Owner).When(new PublishReview(Audience.Public, Summary), ReviewCase.Lead).ShouldBeAccepted();
    }

    [Fact]
    public void Communications_or_a_lead_tells_the_public_and_nobody_else()
    {
        var publish = new PublishReview(Audience.Public, Summary);
        var approved = ReviewCase.Approved();
        approved.When(publish, ReviewCase.Owner).ShouldBeRefusedBy("public-giver");
        approved.When(publish with { Audience = Audience.Executive }, ReviewCase.Press).ShouldBeRefusedBy("review-owner");
        var told = approved.When(publish, ReviewCase.Press).ShouldBeAccepted().Told();
        (told.ReleasedAs, told.Others.Count, told.Others[Audience.Public].Headline).ShouldBe((Tlp.CLEAR, 1, Summary));
    }

    [Fact]
    public void What_is_masked_by_now_is_published_nowhere()
    {
        var publish = new PublishReview(Audience.Executive, "HARBOURMAN was seen first by a partner.");
        publish.Streams(ReviewCase.Approved().State).ShouldBe(["CR-2027-0007"]);
        ReviewCase.Approved().Knowing(ReviewCase.Crisis() with { MaskedTerms = ["harbourman"] }).When(publish).ShouldBeRefusedBy("masked-term");
        ReviewCase.Approved().When(publish with { Summary = "The perpetrator's name spread." }).ShouldBeRefusedBy("masked-term");
        ReviewCase.Approved().Knowing(c => c with { Streams = c.Streams.Clear() }).When(publish).ShouldBeRefusedBy("crisis-known");
    }

    [Fact]
    public void An_exercise_stays_inside()
    {
        var exercise = new ReviewCase().Knowing(ReviewCase.Crisis() with { Exercise = true }).When(ReviewCase.Opening with { Exercise = true })
            .When(new FreezeTimeline(ReviewCase.Start)).When(new RecordContributingFactor("x")).When(new SubmitReview(), ReviewCase.Owner).When(new ApproveReview()).ShouldBeAccepted();
        exercise.ToldAt(0)!.Headline.ShouldStartWith("Exercise: ");
        exercise.When(new PublishReview(Audience.Public, Summary)).ShouldBeRefusedBy("exercise-inside");
    }

    [Fact]
    public void The_owner_closes_the_file()
    {
        ReviewCase.Submitted().When(new CloseReview(), ReviewCase.Owner).ShouldBeRefused(RefusalKind.IllegalTransition);
        var approved = ReviewCase.Approved();
        approved.When(new CloseReview(), ReviewCase.Specialist).ShouldBeRefusedBy("review-owner");
        approved.When(new CloseReview(), ReviewCase.Owner).ShouldBeAccepted().Told().Body.ShouldBe("came to IMP-31");
        (approved.State.Stage, approved.State.Reviewed).ShouldBe((ReviewState.Closed, true));
    }

    [Fact]
    public void A_crisis_closes_by_the_review_itself()
    {
        var review = ReviewCase.Approved().State;
        var given = Crises.CrisisCase.UnderReview().Knowing(c => c with
        {
            Streams = c.Streams.SetItem(review.Key, review).SetItem("IMP-31", ReviewCase.Recommendation("IMP-31") with { Owner = "spec-11" }),
        });
        given.When(new CloseCrisis("HLD-9 kept", ["IMP-31"])).ShouldBeAccepted();
        given.Recorded<CrisisClosed>().Recommendations.ShouldBe(["IMP-31"]);
    }

    [Fact]
    public void A_review_that_nobody_submitted_is_overdue_once()
    {
        var due = ReviewCase.Opened().State.Deadlines.ShouldHaveSingleItem();
        due.ShouldBe(new Deadline(ReviewDeadlines.ReviewDue, "", 1, ReviewCase.Due, "spec-04"));
        ReviewCase.Opened().At(ReviewCase.Due.AddSeconds(-1)).When(new MarkReviewOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        ReviewCase.Opened().At(ReviewCase.Due).When(new MarkReviewOverdue(2), Caller.System).ShouldBeRefusedBy("deadline-current");
        ReviewCase.Submitted().At(ReviewCase.Due).When(new MarkReviewOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");

        var overdue = ReviewCase.Opened().At(ReviewCase.Due).When(new MarkReviewOverdue(1), Caller.System).ShouldBeAccepted();
        (overdue.Told().Kind, overdue.Told().Body).ShouldBe((EntryKind.Clock, "no meeting is called; owner spec-04"));
        overdue.State.Deadlines.ShouldHaveSingleItem().Missed.ShouldBeTrue();
        overdue.When(new MarkReviewOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        overdue.When(new MarkReviewOverdue(1)).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void A_meeting_that_is_called_stands_in_what_is_told_of_the_delay()
    {
        var called = ReviewCase.Opened().When(new ScheduleReview(ReviewCase.Due.AddHours(2)), ReviewCase.Owner);
        called.At(ReviewCase.Due).When(new MarkReviewOverdue(1), Caller.System).ShouldBeAccepted().Told().Body.ShouldBe("meets at 2027-05-20 16:00Z");
    }

    [Fact]
    public void Once_submitted_no_meeting_is_owed_even_if_it_comes_back()
    {
        ReviewCase.Submitted().State.Deadlines.ShouldNotContain(d => d.Kind == ReviewDeadlines.ReviewDue);
        ReviewCase.Submitted().When(new ReturnReview("x"), ReviewCase.Lead).State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void A_crisis_taken_up_again_stops_the_clock_and_the_next_end_starts_the_review_anew()
    {
        var given = ReviewCase.Approved().When(new SuspendReview(), Caller.System).ShouldBeAccepted();
        given.When(new SuspendReview(), Caller.System).ShouldBeRefusedBy("clock-runs");
        given.When(new SuspendReview()).ShouldBeRefused(RefusalKind.Forbidden);
        given.When(new RestartReview("", ReviewCase.Due), Caller.System).ShouldBeRefusedBy("owner-named");
        given.When(new RestartReview("spec-09", ReviewCase.Due.AddDays(2)), Caller.System).ShouldBeAccepted();
        (given.State.Stage, given.State.Reviewed, given.State.FrozenAsOf, given.State.ApprovedBy).ShouldBe((ReviewState.Draft, false, null, null));
        given.State.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline(ReviewDeadlines.ReviewDue, "", 2, ReviewCase.Due.AddDays(2), "spec-09"));
        (given.State.Factors.Count, given.State.Recommendations.Count).ShouldBe((1, 1));
        ReviewCase.Opened().When(new SuspendReview(), Caller.System).State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_approved_are_the_facts_that_were_submitted_of_the_instant_that_is_frozen()
    {
        var facts = new FrozenFacts(ReviewCase.Start, "a1");
        ReviewCase.Written().When(new SubmitReview().With(facts with { AsOf = ReviewCase.Start.AddHours(-1) }), ReviewCase.Owner).ShouldBeRefusedBy("facts-current");
        var submitted = ReviewCase.Written().When(new SubmitReview().With(facts), ReviewCase.Owner).ShouldBeAccepted();
        submitted.Recorded<ReviewSubmitted>().FactsHash.ShouldBe("a1");
        submitted.When(new ApproveReview().With(facts with { AsOf = ReviewCase.Start.AddHours(1) }), ReviewCase.Lead).ShouldBeRefusedBy("facts-current");
        submitted.When(new ApproveReview().With(facts with { Hash = "b2" }), ReviewCase.Lead).ShouldBeRefusedBy("facts-as-submitted");
        submitted.When(new ReturnReview("look again"), ReviewCase.Lead).ShouldBeAccepted().State.FactsHash.ShouldBeNull();
        submitted.When(new SubmitReview().With(facts with { Hash = "b2" }), ReviewCase.Owner).ShouldBeAccepted();
        submitted.When(new ApproveReview().With(facts with { Hash = "b2" }), ReviewCase.Lead).ShouldBeAccepted().Recorded<ReviewApproved>().FactsHash.ShouldBe("b2");
        (submitted.State.Stage, submitted.State.FactsHash).ShouldBe((ReviewState.Reviewed, "b2"));
    }

    [Fact]
    public void What_was_submitted_is_approved_within_a_week_and_what_was_approved_is_closed_within_thirty_days()
    {
        var submitted = ReviewCase.Submitted();
        var due = submitted.State.Deadlines.ShouldHaveSingleItem();
        due.ShouldBe(new Deadline(ReviewDeadlines.ReviewStepDue, "", 1, ReviewCase.Start.AddDays(7)));
        submitted.When(new MarkReviewStepOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        submitted.At(due.DueAt).When(new MarkReviewOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        submitted.When(new MarkReviewStepOverdue(2), Caller.System).ShouldBeRefusedBy("deadline-current");
        submitted.When(new MarkReviewStepOverdue(1), Caller.System).ShouldBeAccepted().Told().Headline.ShouldBe("The approval of the review is overdue since 2027-05-24 14:00Z");
        submitted.When(new MarkReviewStepOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");

        submitted.When(new ApproveReview(), ReviewCase.Lead).ShouldBeAccepted();
        submitted.State.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline(ReviewDeadlines.ReviewStepDue, "", 2, due.DueAt.AddDays(30), "spec-04"));
        submitted.At(due.DueAt.AddDays(30)).When(new MarkReviewStepOverdue(2), Caller.System).ShouldBeAccepted().Told().Headline.ShouldStartWith("The closing of the review is overdue");
        submitted.When(new CloseReview(), ReviewCase.Owner).ShouldBeAccepted().State.Deadlines.ShouldBeEmpty();
    }
}
