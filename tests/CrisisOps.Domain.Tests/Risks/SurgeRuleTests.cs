using CrisisOps.Domain.Risks;
using Shouldly;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>When reports are a surge, when it is over, and what chance does to that (domain §5).</summary>
public class SurgeRuleTests
{
    private static readonly DateTimeOffset _start = new(2027, 5, 10, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(4, 12)]
    [InlineData(9, 27)]
    [InlineData(100, 300)]
    public void It_takes_ten_three_deviations_and_three_times_the_usual(double usual, long threshold) =>
        (SurgeRule.Default with { Chance = 1 }).Threshold(new UsualReports(usual, 4)).ShouldBe(threshold);

    [Theory]
    [InlineData(0, 4, 10)]
    [InlineData(0, 2, 15)]
    [InlineData(0.5, 4, 13)]
    [InlineData(1, 4, 15)]
    [InlineData(2, 4, 18)]
    [InlineData(8, 4, 32)]
    [InlineData(16, 4, 48)]
    [InlineData(32, 4, 96)]
    [InlineData(4, 4, 23)]
    [InlineData(6.25, 4, 28)]
    [InlineData(9, 4, 33)]
    [InlineData(100, 4, 300)]
    public void And_more_than_chance_brings_about_where_little_was_counted(double usual, int weeks, long threshold) =>
        SurgeRule.Default.Threshold(new UsualReports(usual, weeks)).ShouldBe(threshold);

    [Fact]
    public void While_nothing_is_known_of_the_series_it_takes_the_floor() => SurgeRule.Default.Threshold(null).ShouldBe(30);

    [Fact]
    public void Two_hours_of_reports_with_a_surge_among_them_fire_once_and_clear_once()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            // The surge within the two hours; what follows is the quiet in which it clears.
            var turns = new SurgeFlow(seed, _start, TimeSpan.FromHours(8), _ => 6).With(40, 20, 60).Turns();

            var (detected, cleared) = (turns[0].ShouldBeOfType<SurgeTurn.Detected>($"seed {seed}"), turns[1].ShouldBeOfType<SurgeTurn.Cleared>($"seed {seed}"));
            turns.Count.ShouldBe(2, $"seed {seed}");
            (detected.At - _start).ShouldBeInRange(TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(60));
            (cleared.At - _start).ShouldBeGreaterThan(TimeSpan.FromMinutes(160));
        }
    }

    [Fact]
    public void Two_hours_without_a_surge_fire_nothing()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            new SurgeFlow(seed, _start, TimeSpan.FromHours(2), _ => 6).Turns().OfType<SurgeTurn.Detected>().Count().ShouldBe(0, $"seed {seed}");
        }
    }

    /// <summary>One false alarm in seven thousand such weeks was measured; these thousand have none.</summary>
    [Fact]
    public void A_week_of_a_thousand_series_at_their_own_noise_fires_nothing()
    {
        double[] usual = [0.2, 0.5, 1, 2, 3, 4, 6, 8, 12, 24];
        for (var seed = 0; seed < 1000; seed++)
        {
            new SurgeFlow(seed, _start, TimeSpan.FromDays(7), _ => usual[seed % usual.Length]).Turns().OfType<SurgeTurn.Detected>().Count().ShouldBe(0, $"seed {seed}");
        }
    }

    /// <summary>Two figures of docs/risks.md: what the three conditions do alone where they are worst, and the one false surge that was measured with all four.</summary>
    [Theory]
    [InlineData(1, 4, 1870)]
    [InlineData(2e-7, 16, 1)]
    public void What_chance_does_is_what_the_page_says(double chance, double usual, int falseSurges) =>
        Enumerable.Range(0, 1000).Sum(seed => new SurgeFlow(seed, _start, TimeSpan.FromDays(7), _ => usual).Turns(SurgeRule.Default with { Chance = chance }).Count(t => t is SurgeTurn.Detected))
            .ShouldBe(falseSurges);

    [Fact]
    public void What_comes_every_week_at_that_hour_is_usual_and_at_another_hour_a_surge()
    {
        static double Monday(DateTimeOffset hour) => hour is { DayOfWeek: DayOfWeek.Monday, Hour: 9 } ? 60 : 2;
        new SurgeFlow(1, _start, TimeSpan.FromHours(15), Monday).Turns().ShouldBeEmpty();
        new SurgeFlow(1, _start, TimeSpan.FromHours(15), Monday).With(5 * 60, 60, 60).Turns().Count.ShouldBe(2);
    }

    /// <summary>Hours are hours of UTC: when the clocks change, people come an hour earlier, and for four weeks what is usual is that of the neighbouring hour.</summary>
    [Fact]
    public void A_change_of_the_clocks_is_no_surge()
    {
        var change = _start.AddDays(-3);
        double ByDay(DateTimeOffset hour) => 20 + (16 * Math.Sin((hour.Hour + (hour >= change ? 1 : 0) - 9) * Math.PI / 12));
        for (var seed = 0; seed < 100; seed++)
        {
            new SurgeFlow(seed, _start, TimeSpan.FromDays(7), ByDay).Turns().OfType<SurgeTurn.Detected>().Count().ShouldBe(0, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(0, 29, false)]
    [InlineData(0, 30, true)]
    [InlineData(1, 29, false)]
    [InlineData(1, 30, true)]
    [InlineData(2, 29, true)]
    public void In_the_first_two_weeks_only_the_floor_counts(int weeks, int reports, bool surge) =>
        new SurgeFlow(1, _start.AddHours(1), TimeSpan.FromHours(2), _ => 0, weeks).With(10, 20, reports).Turns().Any().ShouldBe(surge);

    [Fact]
    public void While_it_runs_it_fires_no_second_time_and_it_is_over_after_two_quiet_hours()
    {
        var turns = Flow((0, 15), (50, 20), (100, 25)).Turns();

        turns.Select(t => t.GetType().Name).ShouldBe([nameof(SurgeTurn.Detected), nameof(SurgeTurn.Cleared)]);
        turns[1].At.ShouldBe(_start.AddMinutes(100 + 60 + 60 + 1)); // the last hour with a report in it ends a minute after minute 160
    }

    [Fact]
    public void A_report_in_the_second_quiet_hour_puts_off_the_end() =>
        Flow((0, 15), (90, 1)).Turns()[^1].At.ShouldBe(_start.AddMinutes(90 + 60 + 60 + 1));

    [Fact]
    public void For_an_hour_after_its_end_a_series_raises_no_other()
    {
        var ended = new SurgeSpan(_start.AddHours(-5), _start.AddMinutes(-1));
        Flow((0, 15)).Turns(last: ended)[0].At.ShouldBe(_start.AddMinutes(59)); // still counted when the hour is over
        Flow((0, 15)).Turns(last: ended with { Until = _start.AddMinutes(5) }).ShouldBeEmpty();
        Flow((0, 15)).Turns(SurgeRule.Default with { CoolDown = TimeSpan.Zero }, ended).ShouldNotBeEmpty();
    }

    [Fact]
    public void Fewer_than_ten_are_none_and_what_is_no_surge_needs_no_end()
    {
        Flow((0, 9)).Turns().ShouldBeEmpty();
        Flow((0, 5), (61, 5)).Turns().ShouldBeEmpty();
        Flow((0, 5), (59, 5)).Turns()[0].At.ShouldBe(_start.AddMinutes(60));
    }

    /// <summary>Where nothing is usual: so many reports at each of these minutes.</summary>
    private static SurgeFlow Flow(params (int Minute, int Reports)[] reports) =>
        reports.Aggregate(new SurgeFlow(1, _start, TimeSpan.FromHours(6), _ => 0), (flow, r) => flow.With(r.Minute, 1, r.Reports));
}
