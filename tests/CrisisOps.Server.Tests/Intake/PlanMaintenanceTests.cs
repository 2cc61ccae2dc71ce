using System.Globalization;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>plan-maintenance, cancel-maintenance, end-maintenance.</summary>
public sealed class PlanMaintenanceTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] _everyDay = Enum.GetNames<DayOfWeek>();

    [Fact]
    public async Task A_window_ends_by_itself_and_a_cancelled_one_at_once()
    {
        var (manager, source) = await server.Registered();
        var from = (await manager.Now()).AddHours(1);
        (await manager.Gives(source, "plan-maintenance", new { from, length = "PT2H", reason = "moving" })).EventId("windowId").ShouldBe("MW-1");
        await manager.Gives(source, "plan-maintenance", new { from, length = "PT8H", reason = "moving more" });

        await manager.Pass(TimeSpan.FromHours(4));
        await manager.Gives(source, "cancel-maintenance", new { windowId = "MW-2" });

        var ended = await server.Recorded(source, "maintenance_ended");
        ended.Select(e => e.GetProperty("windowId").GetString()).ShouldBe(["MW-1", "MW-2"]);
        (ended[0].GetProperty("to").GetDateTimeOffset() - ended[0].GetProperty("from").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(2));
        (ended[1].GetProperty("to").GetDateTimeOffset() - from).ShouldBeInRange(TimeSpan.FromHours(3), TimeSpan.FromHours(3.5));
        (await manager.Give(source, "cancel-maintenance", new { windowId = "MW-1" })).ShouldBeProblem(422, "guard-failed", guard: "maintenance-known");
        (await server.Database.DeadlineState(source, "MaintenanceEnd")).ShouldBe("Met,Met");
    }

    [Fact]
    public async Task A_nightly_window_keeps_its_local_hour_over_both_clock_changes_of_a_year()
    {
        var (manager, source) = await server.Registered();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
        var now = await manager.Now();
        DateTimeOffset[] changes = [.. Changes(zone, now.AddDays(3))];
        foreach (var change in changes)
        {
            // Two nights before, at 04:00 of the local clock, for four nights.
            var day = TimeZoneInfo.ConvertTime(change, zone).Date.AddDays(-2).AddHours(4);
            var from = new DateTimeOffset(day, zone.GetUtcOffset(day));
            await manager.Gives(source, "plan-maintenance", new { from, length = "PT1H", reason = "rebuild", days = _everyDay, zone = "Europe/Vienna", until = from.AddDays(3).AddHours(2) });
        }

        await manager.MoveTo(changes[^1].AddDays(4));

        var begins = (await server.Recorded(source, "maintenance_ended")).Select(e => TimeZoneInfo.ConvertTime(e.GetProperty("from").GetDateTimeOffset(), zone)).ToArray();
        begins.Length.ShouldBe(8);
        begins.Select(b => b.ToString("HH:mm", CultureInfo.InvariantCulture)).ShouldAllBe(hour => hour == "04:00");
        begins.Select(b => b.Offset).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"length":"PT1S","reason":"x"}""", "maintenance-length")]
    [InlineData("""{"length":"P8D","reason":"x"}""", "maintenance-length")]
    [InlineData("""{"length":"PT25H","reason":"x","days":["Monday"],"zone":"UTC"}""", "maintenance-length")]
    [InlineData("""{"length":"PT1H","reason":"x","zone":"UTC"}""", "maintenance-days")]
    [InlineData("""{"length":"PT1H","reason":"x","days":["Monday"],"zone":"Vienna"}""", "zone-known")]
    [InlineData("""{"length":"PT1H","reason":"x","days":["Monday"]}""", "zone-known")]
    public async Task What_a_guard_refuses_is_not_written(string body, string guard)
    {
        var (manager, source) = await server.Registered();
        var from = (await manager.Now()).AddHours(1).ToString("o", CultureInfo.InvariantCulture);
        var before = await server.Database.Everything();

        (await manager.Send(HttpMethod.Post, $"/v1/sources/{source}/plan-maintenance", $"{body[..^1]},\"from\":\"{from}\"}}")).ShouldBeProblem(422, "guard-failed", guard: guard);
        (await manager.Give(source, "plan-maintenance", new { from = (await manager.Now()).AddHours(-2), length = "PT1H", reason = "x" })).ShouldBeProblem(422, "guard-failed", guard: "maintenance-ahead");

        (await server.Database.Everything()).ShouldBe(before);
    }

    /// <summary>The next two instants at which the clock of a zone is changed, to the day.</summary>
    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone, DateTimeOffset after) =>
        Enumerable.Range(0, 366).Select(n => new DateTimeOffset(after.Date.AddDays(n).AddHours(12), TimeSpan.Zero)).Where(day => zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(-1))).Take(2);
}
