using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>The signal of a surge: it opens by rule, is over by rule, and meanwhile people decide.</summary>
public class SurgeSignalTests
{
    private static readonly ClearSurge _clear = new(5, 6.25m, RiskCase.Start.AddHours(3));

    [Fact]
    public void A_surge_opens_a_signal_that_says_what_was_counted()
    {
        var surge = RiskCase.Surging();
        (surge.State.Stage, surge.State.Kind, surge.State.Origin, surge.State.Grade).ShouldBe((RiskState.Captured, SignalKind.VolumeAnomaly, "UserReport", SignalGrade.OwnCount));
        surge.State.Regions.ShouldBe(["XN"]);
        surge.Recorded<SurgeDetected>().ShouldBe(new SurgeDetected(
            "reports per hour", PolicyArea.ViolenceAndIncitement, "XN", Source.UserReport, 34, 6.25m, 28, new SurgeWindow(RiskCase.Start.AddHours(-1), RiskCase.Start)));
        surge.Told().Headline.ShouldBe("Surge: 34 reports of ViolenceAndIncitement in XN from UserReport within an hour, usual are 6.3");
        surge.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        new RiskCase().When(RiskCase.Surge, RiskCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void Reports_that_name_no_region_concern_everybody_and_what_is_new_says_so()
    {
        var surge = new RiskCase().When(RiskCase.Surge with { Series = RiskCase.Surge.Series with { Region = "" }, Baseline = null }, Caller.System).ShouldBeAccepted();
        surge.State.Regions.ShouldBeEmpty();
        surge.Told().Headline.ShouldEndWith("in no named region from UserReport within an hour, too new to know what is usual");
    }

    [Fact]
    public void A_series_has_one_surge_at_a_time() =>
        new RiskCase().Knowing(c => c with { Facts = c.Facts.SetItem("surge/ViolenceAndIncitement/XN/UserReport", "RSK-2027-000009") })
            .When(RiskCase.Surge, Caller.System).ShouldBeRefusedBy("surge-open");

    [Fact]
    public void While_it_runs_it_does_not_expire_and_after_it_the_signal_stands_for_a_while()
    {
        var surge = RiskCase.Surging();
        surge.State.Deadlines.ShouldBeEmpty();
        surge.After(TimeSpan.FromHours(3)).When(_clear, Caller.System).ShouldBeAccepted();
        (surge.State.Surging, surge.State.Open).ShouldBe((false, true));
        surge.State.Deadlines.ShouldHaveSingleItem().DueAt.ShouldBe(surge.Now.AddHours(8));
        surge.When(_clear, Caller.System).ShouldBeRefusedBy("surge-runs");
        RiskCase.Graded().When(_clear, Caller.System).ShouldBeRefusedBy("surge-runs");
        RiskCase.Surging().When(_clear, RiskCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void It_is_over_whatever_was_decided_meanwhile()
    {
        var dismissed = RiskCase.Surging().When(new DismissRisk("a backlog")).ShouldBeAccepted();
        dismissed.State.Surging.ShouldBeTrue();
        dismissed.When(_clear, Caller.System).ShouldBeAccepted();
        (dismissed.State.Stage, dismissed.State.Surging, dismissed.State.Deadlines.Any()).ShouldBe((RiskState.Dismissed, false, false));
    }

    [Fact]
    public void A_watch_on_a_surge_that_runs_has_no_end_to_heed_and_a_longer_horizon_outlasts_its_own()
    {
        var watched = RiskCase.Surging()
            .When(new AssessRisk(Likelihood.Likely, 3, AnalyticConfidence.Low, Treatment.Watch, ReviewAt: RiskCase.Start.AddHours(2), Horizon: Horizon.Month)).ShouldBeAccepted()
            .When(new WatchRisk(RiskCase.Start.AddDays(60))).ShouldBeAccepted()
            .When(_clear, Caller.System).ShouldBeAccepted();
        watched.State.ExpiresAt.ShouldBe(RiskCase.Start.AddDays(30));
    }
}
