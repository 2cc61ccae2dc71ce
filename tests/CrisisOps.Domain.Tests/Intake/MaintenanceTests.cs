using System.Globalization;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>plan-maintenance, cancel-maintenance, end-maintenance.</summary>
public class MaintenanceTests
{
    private static readonly DayOfWeek[] _everyDay = Enum.GetValues<DayOfWeek>();

    [Fact]
    public void A_single_window_covers_its_time_and_ends_once()
    {
        var planned = Planned(new(SourceCase.Start.AddHours(1), TimeSpan.FromHours(2), "moving"));
        planned.Told().Headline.ShouldBe("Maintenance MW-1 planned: 2027-03-01 10:00Z to 2027-03-01 12:00Z");
        Covered(planned, 59).ShouldBeFalse();
        Covered(planned, 60).ShouldBeTrue();
        Covered(planned, 179).ShouldBeTrue();
        Covered(planned, 180).ShouldBeFalse();
        planned.State.Deadlines.ShouldBe([new Deadline("MaintenanceEnd", "MW-1", 1, SourceCase.Start.AddHours(3))]);
        planned.When(new EndMaintenance("MW-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        planned.After(TimeSpan.FromHours(3)).When(new EndMaintenance("MW-1", 1), Caller.System).ShouldBeAccepted();
        planned.Recorded<MaintenanceEnded>().ShouldBe(new MaintenanceEnded("MW-1", SourceCase.Start.AddHours(1), SourceCase.Start.AddHours(3)));
        planned.State.Deadlines.ShouldBeEmpty();
        planned.When(new EndMaintenance("MW-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        planned.When(new CancelMaintenance("MW-1")).ShouldBeRefusedBy("maintenance-known");
    }

    [Theory]
    [InlineData("2027-03-26T01:30:00Z", "01:30:00,01:30:00,01:00:00,00:30:00")] // on 28 March the clock of Vienna jumps over 02:30, and is an hour further from then on
    [InlineData("2027-10-29T00:30:00Z", "00:30:00,00:30:00,00:30:00,01:30:00")] // on 31 October it shows 02:30 twice: the earlier one counts
    public void A_recurring_window_keeps_its_local_hour_over_a_clock_change(string from, string begins)
    {
        var first = DateTimeOffset.Parse(from, CultureInfo.InvariantCulture);
        var source = SourceCase.Registered().At(first.AddDays(-1)).When(new PlanMaintenance(first, TimeSpan.FromHours(1), "rebuild", _everyDay, "Europe/Vienna", first.AddDays(4))).ShouldBeAccepted();
        List<string> seen = [];
        for (var n = 1; n <= 4; n++)
        {
            var next = source.State.Maintenance[0].Next!;
            (next.To - next.From).ShouldBe(TimeSpan.FromHours(1));
            source.State.Maintenance[0].Covers(next.From).ShouldBeTrue();
            source.State.Maintenance[0].Covers(next.From.AddTicks(-1)).ShouldBeFalse();
            source.State.Maintenance[0].Covers(next.To).ShouldBeFalse();
            seen.Add(next.From.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
            source.At(next.To).When(new EndMaintenance("MW-1", n), Caller.System).ShouldBeAccepted();
        }

        string.Join(',', seen).ShouldBe(begins);
    }

    [Fact]
    public void A_weekly_window_comes_on_its_days_until_its_end()
    {
        // 1 March 2027 is a Monday.
        var planned = Planned(new(SourceCase.Start.AddHours(1), TimeSpan.FromDays(1), "rebuild", [DayOfWeek.Wednesday, DayOfWeek.Monday, DayOfWeek.Monday], "UTC", SourceCase.Start.AddDays(7)));
        planned.Told().Headline.ShouldEndWith(", again each Monday, Wednesday (UTC)");
        List<DayOfWeek> days = [];
        for (var n = 1; planned.State.Maintenance[0].Next is { } next; n++)
        {
            days.Add(next.From.DayOfWeek);
            planned.At(next.To).When(new EndMaintenance("MW-1", n), Caller.System).ShouldBeAccepted();
        }

        days.ShouldBe([DayOfWeek.Monday, DayOfWeek.Wednesday]);
    }

    [Fact]
    public void What_is_called_off_in_its_midst_ends_now()
    {
        var planned = Planned(new(SourceCase.Start.AddHours(1), TimeSpan.FromHours(2), "moving")).When(new PlanMaintenance(SourceCase.Start.AddDays(1), TimeSpan.FromHours(2), "again")).ShouldBeAccepted();
        planned.After(TimeSpan.FromMinutes(90)).When(new CancelMaintenance("MW-1")).ShouldBeAccepted();
        planned.History[^2].Event.ShouldBe(new MaintenanceEnded("MW-1", SourceCase.Start.AddHours(1), SourceCase.Start.AddMinutes(90)));
        planned.Recorded<MaintenanceCancelled>();
        Covered(planned, 89).ShouldBeTrue();
        Covered(planned, 90).ShouldBeFalse();
        planned.When(new CancelMaintenance("MW-2")).ShouldBeAccepted().History[^2].Event.ShouldBeOfType<MaintenanceCancelled>("it had not begun");
        planned.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void A_source_that_is_retired_ends_what_goes_on()
    {
        var retired = Planned(new(SourceCase.Start.AddHours(1), TimeSpan.FromHours(2), "moving")).After(TimeSpan.FromHours(2)).When(new RetireSource("off")).ShouldBeAccepted();
        retired.History[^2].Event.ShouldBe(new MaintenanceEnded("MW-1", SourceCase.Start.AddHours(1), SourceCase.Start.AddHours(2)));
        retired.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_has_its_bounds()
    {
        var (soon, hour) = (SourceCase.Start.AddHours(1), TimeSpan.FromHours(1));
        Refused(new(soon, hour, " "), "reason-given");
        Refused(new(soon, TimeSpan.FromSeconds(59), "x"), "maintenance-length");
        Refused(new(soon, TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1), "x"), "maintenance-length");
        Refused(new(soon, TimeSpan.FromHours(25), "x", _everyDay, "UTC"), "maintenance-length");
        Refused(new(soon.AddHours(-2), hour, "x"), "maintenance-ahead");
        Refused(new(soon.AddDays(367), hour, "x"), "maintenance-ahead");
        Refused(new(soon, hour, "x", [DayOfWeek.Friday], "UTC", soon.AddDays(1)), "maintenance-ahead");
        Refused(new(soon, hour, "x", Zone: "UTC"), "maintenance-days");
        Refused(new(soon, hour, "x", Until: soon), "maintenance-days");
        Refused(new(soon, hour, "x", _everyDay), "zone-known");
        Refused(new(soon, hour, "x", _everyDay, "Vienna"), "zone-known");
        Planned(new(soon, TimeSpan.FromDays(7), "x"));
        Planned(new(soon, TimeSpan.FromDays(1), "x", _everyDay, "UTC"));
    }

    [Fact]
    public void Twenty_windows_lie_ahead_at_most()
    {
        var full = SourceCase.Registered();
        for (var n = 1; n <= 20; n++)
        {
            full.When(new PlanMaintenance(SourceCase.Start.AddHours(n), TimeSpan.FromHours(1), "x")).ShouldBeAccepted();
        }

        full.When(new PlanMaintenance(SourceCase.Start.AddHours(1), TimeSpan.FromHours(1), "x")).ShouldBeRefusedBy("maintenance-limit");
        full.When(new CancelMaintenance("MW-3")).ShouldBeAccepted().When(new PlanMaintenance(SourceCase.Start.AddHours(1), TimeSpan.FromHours(1), "x")).ShouldBeAccepted();
    }

    private static SourceCase Planned(PlanMaintenance plan) => SourceCase.Registered().When(plan).ShouldBeAccepted();

    private static void Refused(PlanMaintenance plan, string guard) => SourceCase.Registered().When(plan).ShouldBeRefusedBy(guard);

    private static bool Covered(SourceCase source, int minutes) => MaintenanceWindows.Covering(source.State, SourceCase.Start.AddMinutes(minutes)) is not null;
}
