using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>From what somebody noticed to what comes of it: captured, graded, corroborated, assessed, watched, dismissed, expired.</summary>
public class SignalWorkTests
{
    [Fact]
    public void A_signal_says_what_was_noticed_and_where_and_can_be_graded_at_once()
    {
        var captured = RiskCase.Captured(c => c with { Reliability = SourceReliability.C, Credibility = 3, Narrative = "Seen in three groups." });
        (captured.State.Stage, captured.State.Grade, captured.State.CapturedBy, captured.State.Tlp).ShouldBe((RiskState.Captured, new SignalGrade(SourceReliability.C, 3), "spec-04", Tlp.AMBER));
        captured.Told().Body!.ShouldContain("Seen in three groups.");
        captured.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        captured.Told().Others[Audience.CrossFunctional].Body.ShouldBeNull();
        RiskCase.Captured(c => c with { Exercise = true }).Told().Headline.ShouldStartWith("Exercise: ");
    }

    [Fact]
    public void A_signal_without_words_an_origin_or_half_a_grade_is_refused()
    {
        Refused(c => c with { Summary = " " }, "signal-said");
        Refused(c => c with { Origin = "" }, "signal-said");
        Refused(c => c with { Reliability = SourceReliability.A }, "grade-whole");
        Refused(c => c with { Credibility = 2 }, "grade-whole");
        Refused(c => c with { Reliability = SourceReliability.A, Credibility = 7 }, "credibility-known");
        new RiskCase().When(RiskCase.Capture, RiskCase.Analyst).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void Grading_begins_the_work_on_it_and_the_newest_grade_counts()
    {
        RiskCase.Graded().State.Stage.ShouldBe(RiskState.Corroborating);
        RiskCase.Captured().When(new GradeSignal(SourceReliability.A, 0)).ShouldBeRefusedBy("credibility-known");
        RiskCase.Graded().When(new GradeSignal(SourceReliability.B, 2)).ShouldBeRefusedBy("grade-new");
        RiskCase.Graded().When(new GradeSignal(SourceReliability.E, 5)).ShouldBeAccepted().State.Grade!.Weak.ShouldBeTrue();
        RiskCase.Captured().When(new GradeSignal(SourceReliability.A, 1), RiskCase.Analyst).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void Somebody_else_corroborates_it_once()
    {
        var corroborated = RiskCase.Captured().When(new CorroborateSignal("a newsroom")).ShouldBeAccepted();
        (corroborated.State.Stage, corroborated.State.Corroborations[0].By).ShouldBe((RiskState.Corroborating, "a newsroom"));
        corroborated.Told().Others[Audience.CrossFunctional].Headline.ShouldNotContain("newsroom");
        corroborated.When(new CorroborateSignal("A Newsroom")).ShouldBeRefusedBy("corroboration-new");
        corroborated.When(new CorroborateSignal("messenger groups")).ShouldBeRefusedBy("corroboration-new");
        corroborated.When(new CorroborateSignal("")).ShouldBeRefusedBy("corroboration-named");
        corroborated.When(new CorroborateSignal("a partner", "RSK-2027-000099")).ShouldBeRefusedBy("signal-known");
        corroborated.When(new CorroborateSignal("a partner", RiskCase.Second)).ShouldBeAccepted().State.Corroborations.Count.ShouldBe(2);
    }

    [Fact]
    public void An_assessment_needs_a_grade_and_says_what_to_do()
    {
        var assess = new AssessRisk(Likelihood.Likely, 4, AnalyticConfidence.Moderate, Treatment.Mitigate);
        RiskCase.Captured().When(assess).ShouldBeRefusedBy("signal-graded");
        RiskCase.Graded().When(assess with { Impact = 6 }).ShouldBeRefusedBy("impact-known");
        RiskCase.Graded().When(assess with { Impact = 0 }).ShouldBeRefusedBy("impact-known");
        RiskCase.Graded().When(assess with { ReviewAt = RiskCase.Start.AddHours(1) }).ShouldBeRefusedBy("review-with-watch");
        var assessed = RiskCase.Graded().When(assess).ShouldBeAccepted();
        (assessed.State.Stage, assessed.State.Assessment!.Impact, assessed.State.Assessment.By).ShouldBe((RiskState.Assessed, 4, "spec-04"));
    }

    [Fact]
    public void To_watch_it_is_one_command_with_the_assessment_or_one_after_it()
    {
        var review = RiskCase.Start.AddHours(2);
        var watch = new AssessRisk(Likelihood.Unlikely, 2, AnalyticConfidence.Low, Treatment.Watch, ReviewAt: review);
        RiskCase.Graded().When(watch with { ReviewAt = RiskCase.Start }).ShouldBeRefusedBy("review-ahead");
        RiskCase.Graded().When(watch with { ReviewAt = RiskCase.Start.AddDays(8) }).ShouldBeRefusedBy("review-within-horizon");
        RiskCase.Graded().When(watch with { ReviewAt = RiskCase.Start.AddDays(8), Horizon = Horizon.Month }).ShouldBeAccepted();
        var watched = RiskCase.Graded().When(watch).ShouldBeAccepted();
        (watched.State.Stage, watched.State.Watcher).ShouldBe((RiskState.Watching, "spec-04"));
        watched.State.Deadlines.ShouldContain(new Deadline(RiskDeadlines.Review, "", 1, review, "spec-04"));

        watched.When(new WatchRisk(RiskCase.Start.AddDays(8))).ShouldBeRefusedBy("review-within-horizon");
        watched.When(new WatchRisk(RiskCase.Start)).ShouldBeRefusedBy("review-ahead");
        watched.When(new WatchRisk(RiskCase.Start.AddHours(3)), RiskCase.Lead).ShouldBeAccepted().State.Watcher.ShouldBe("lead-01");
        RiskCase.Graded().When(new WatchRisk(review)).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void When_the_time_of_the_watch_has_come_it_is_to_be_assessed_again()
    {
        var watched = RiskCase.Graded().When(new AssessRisk(Likelihood.Unlikely, 2, AnalyticConfidence.Low, Treatment.Watch, ReviewAt: RiskCase.Start.AddHours(2)));
        watched.When(new ReviewWatch(1)).ShouldBeRefused(RefusalKind.Forbidden);
        watched.When(new ReviewWatch(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        watched.After(TimeSpan.FromHours(2)).When(new ReviewWatch(0), Caller.System).ShouldBeRefusedBy("deadline-current");
        watched.When(new ReviewWatch(1), Caller.System).ShouldBeAccepted().State.Stage.ShouldBe(RiskState.Assessed);
        watched.When(new ReviewWatch(1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void What_nobody_settles_within_its_horizon_expires()
    {
        var captured = RiskCase.Captured(c => c with { Horizon = Horizon.Day });
        captured.State.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline(RiskDeadlines.HorizonEnd, "", 1, RiskCase.Start.AddDays(1)));
        captured.When(new ExpireSignal(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        captured.After(TimeSpan.FromDays(1)).When(new ExpireSignal(1), Caller.System).ShouldBeAccepted();
        (captured.State.Stage, captured.State.Deadlines.Any()).ShouldBe((RiskState.Expired, false));
        captured.When(new DismissRisk("late")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Dismissing_it_takes_a_reason()
    {
        RiskCase.Captured().When(new DismissRisk(" ")).ShouldBeRefusedBy("reason-given");
        RiskCase.Captured().When(new DismissRisk("a hoax"), RiskCase.Analyst).ShouldBeRefused(RefusalKind.Forbidden);
        var dismissed = RiskCase.Captured().When(new DismissRisk("a hoax")).ShouldBeAccepted();
        (dismissed.State.Stage, dismissed.State.DismissedBecause).ShouldBe((RiskState.Dismissed, "a hoax"));
    }

    private static void Refused(Func<CaptureSignal, CaptureSignal> with, string guard) => new RiskCase().When(with(RiskCase.Capture)).ShouldBeRefusedBy(guard);
}
