using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Shared;

/// <summary>Local times of an election, around every change of the clock that may meet one.</summary>
public class LocalTimeTests
{
    public static TheoryData<string, int, TimeSpan> Zones => new()
    {
        { "Europe/Vienna", 6, TimeSpan.FromHours(1) },
        { "America/New_York", 6, TimeSpan.FromHours(1) },
        { "Australia/Lord_Howe", 6, TimeSpan.FromMinutes(30) },
        { "Africa/Casablanca", 6, TimeSpan.FromHours(1) },
        { "America/Santiago", 6, TimeSpan.FromHours(1) },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void Around_every_change_of_the_clock_a_local_time_is_the_first_instant_that_shows_it_or_a_later_one(string id, int changes, TimeSpan by)
    {
        var zone = LocalTime.Zone(id)!;
        var found = Changes(zone).ToArray();
        found.Length.ShouldBe(changes);
        foreach (var (at, before, after) in found)
        {
            (after - before).Duration().ShouldBe(by);

            // Every minute around it, against the rule taken literally.
            for (var minute = -180; minute <= 180; minute++)
            {
                var wall = at.DateTime + before + TimeSpan.FromMinutes(minute);
                LocalTime.ToInstant(wall, zone).ShouldBe(FirstToShow(wall, at, zone), $"{id} {wall:s}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void What_the_clock_skips_begins_when_it_has_jumped_and_what_it_shows_twice_begins_the_first_time(string id, int changes, TimeSpan by)
    {
        var zone = LocalTime.Zone(id)!;
        foreach (var (at, before, after) in Changes(zone).Take(changes))
        {
            var skips = after > before;
            var edge = at.DateTime + (skips ? before : after);
            foreach (var inside in new[] { edge, edge + (by / 2), edge + by - TimeSpan.FromTicks(10) })
            {
                LocalTime.ToInstant(inside, zone).ShouldBe(skips ? at : new DateTimeOffset(inside - before, TimeSpan.Zero));
            }

            LocalTime.ToInstant(edge + by, zone).ShouldBe(skips ? at : at + by);
            LocalTime.ToInstant(edge - TimeSpan.FromTicks(10), zone).ShouldBe(new DateTimeOffset(edge - TimeSpan.FromTicks(10) - before, TimeSpan.Zero));
        }
    }

    [Theory]
    [InlineData("Europe/Vienna", "2027-03-28T02:30", "2027-03-28T01:00Z")]
    [InlineData("Europe/Vienna", "2027-10-31T02:30", "2027-10-31T00:30Z")]
    [InlineData("Europe/Vienna", "2027-05-15T00:00", "2027-05-14T22:00Z")]
    [InlineData("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00Z")]
    [InlineData("America/New_York", "2028-11-05T01:59:59", "2028-11-05T05:59:59Z")]
    [InlineData("Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45Z")]
    [InlineData("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:30Z")]
    [InlineData("America/Santiago", "2027-09-05T00:00", "2027-09-05T04:00Z")]
    [InlineData("America/Santiago", "2027-04-03T23:30", "2027-04-04T02:30Z")]
    [InlineData("UTC", "2027-05-15T00:00", "2027-05-15T00:00Z")]
    public void Known_hours_of_known_zones(string id, string wall, string instant) =>
        LocalTime.Read(wall, LocalTime.Zone(id)!).ShouldBe(LocalTime.Read(instant, TimeZoneInfo.Utc)!.Value);

    [Theory]
    [InlineData("2027-05-15T00:00+02:00", "2027-05-14T22:00:00.0000000+00:00")]
    [InlineData("2027-05-14T22:00:01.5Z", "2027-05-14T22:00:01.5000000+00:00")]
    [InlineData("2027-05-14T17:00-05:00", "2027-05-14T22:00:00.0000000+00:00")]
    public void A_time_with_an_offset_is_an_instant_whatever_the_zone(string text, string instant) =>
        LocalTime.Read(text, LocalTime.Zone("America/Santiago")!)!.Value.ToString("o").ShouldBe(instant);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2027-05-15")]
    [InlineData("2027-05-15 00:00")]
    [InlineData("2027-02-30T00:00")]
    [InlineData("2027-05-15T25:00Z")]
    [InlineData("0001-01-01T00:00")]
    [InlineData("0001-01-01T00:00Z")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("9999-12-31T23:59-14:00")]
    [InlineData("16.05.2027 06:00")]
    public void Anything_else_is_no_time(string? text) => LocalTime.Read(text, LocalTime.Zone("Europe/Vienna")!).ShouldBeNull();

    [Theory]
    [InlineData("Europe/Vienna")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("America/Port-au-Prince")]
    [InlineData("UTC")]
    public void An_area_and_a_place_is_a_zone(string id) => LocalTime.Zone(id)!.Id.ShouldBe(id);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CET")]
    [InlineData("utc")]
    [InlineData("GMT+2")]
    [InlineData("Etc/GMT+2")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Central European Standard Time")]
    [InlineData("Europe/Norland")]
    [InlineData("europe/vienna")]
    [InlineData("posix/Europe/Vienna")]
    [InlineData("Europe/../Europe/Vienna")]
    [InlineData("/usr/share/zoneinfo/Europe/Vienna")]
    [InlineData("+02:00")]
    public void Nothing_else_is_a_zone(string? id) => LocalTime.Zone(id).ShouldBeNull();

    /// <summary>The rule taken literally, minute by minute from well before the change.</summary>
    private static DateTimeOffset FirstToShow(DateTime wall, DateTimeOffset change, TimeZoneInfo zone)
    {
        var instant = change.AddHours(-6);
        while (instant.DateTime + zone.GetUtcOffset(instant) < wall)
        {
            instant = instant.AddMinutes(1);
        }

        return instant;
    }

    /// <summary>Every change of the clock from 2026 through 2028, found by looking at every quarter of an hour.</summary>
    private static IEnumerable<(DateTimeOffset At, TimeSpan Before, TimeSpan After)> Changes(TimeZoneInfo zone)
    {
        var step = TimeSpan.FromMinutes(15);
        var end = new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var instant = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); instant < end; instant += step)
        {
            var (before, after) = (zone.GetUtcOffset(instant - step), zone.GetUtcOffset(instant));
            if (before != after)
            {
                yield return (instant, before, after);
            }
        }
    }
}
