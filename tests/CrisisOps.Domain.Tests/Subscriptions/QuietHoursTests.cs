using CrisisOps.Domain.Subscriptions;
using Shouldly;

namespace CrisisOps.Domain.Tests.Subscriptions;

/// <summary>When somebody sleeps, in their own zone: over midnight, in the nights in which the clock is changed, and where an hour is not the unit.</summary>
public class QuietHoursTests
{
    [Theory]
    [InlineData("2027-05-15T19:59:59Z", null)]
    [InlineData("2027-05-15T20:00Z", "2027-05-16T05:00Z")]
    [InlineData("2027-05-15T21:59Z", "2027-05-16T05:00Z")]
    [InlineData("2027-05-15T22:00Z", "2027-05-16T05:00Z")]
    [InlineData("2027-05-16T04:59:59Z", "2027-05-16T05:00Z")]
    [InlineData("2027-05-16T05:00Z", null)]
    [InlineData("2027-12-31T22:30Z", "2028-01-01T06:00Z")]
    public void They_go_over_midnight(string now, string? end) => End("Europe/Vienna", "22:00", "07:00", now).ShouldBe(At(end));

    [Theory]
    [InlineData("2027-05-15T09:59Z", null)]
    [InlineData("2027-05-15T10:00Z", "2027-05-15T11:30Z")]
    [InlineData("2027-05-15T11:30Z", null)]
    public void They_may_lie_within_a_day(string now, string? end) => End("Europe/Vienna", "12:00", "13:30", now).ShouldBe(At(end));

    [Theory]
    [InlineData("22:00", "07:00", "2027-03-27T21:00Z", "2027-03-28T05:00Z")]
    [InlineData("22:00", "02:30", "2027-03-28T00:59Z", "2027-03-28T01:00Z")]
    [InlineData("22:00", "02:30", "2027-03-28T01:00Z", null)]
    [InlineData("02:30", "06:00", "2027-03-28T00:59Z", null)]
    [InlineData("02:30", "06:00", "2027-03-28T01:00Z", "2027-03-28T04:00Z")]
    public void In_March_the_night_is_an_hour_shorter_and_what_is_skipped_ends_with_the_jump(string from, string to, string now, string? end) =>
        End("Europe/Vienna", from, to, now).ShouldBe(At(end));

    [Theory]
    [InlineData("22:00", "07:00", "2027-10-30T20:00Z", "2027-10-31T06:00Z")]
    [InlineData("22:00", "02:30", "2027-10-31T00:29Z", "2027-10-31T00:30Z")]
    [InlineData("22:00", "02:30", "2027-10-31T00:30Z", null)]
    [InlineData("22:00", "02:30", "2027-10-31T01:10Z", "2027-10-31T01:30Z")]
    [InlineData("22:00", "02:30", "2027-10-31T01:30Z", null)]
    public void In_October_it_is_an_hour_longer_and_never_ends_before_now(string from, string to, string now, string? end) =>
        End("Europe/Vienna", from, to, now).ShouldBe(At(end));

    [Theory]
    [InlineData("Asia/Kolkata", "2027-05-15T16:29Z", null)]
    [InlineData("Asia/Kolkata", "2027-05-15T16:30Z", "2027-05-16T01:30Z")]
    [InlineData("Asia/Kathmandu", "2027-05-15T16:15Z", "2027-05-16T01:15Z")]
    [InlineData("Australia/Lord_Howe", "2027-10-02T12:00Z", "2027-10-02T20:00Z")]
    public void A_zone_may_be_half_an_hour_off_and_change_by_half_an_hour(string zone, string now, string? end) => End(zone, "22:00", "07:00", now).ShouldBe(At(end));

    [Fact]
    public void Whatever_the_minute_the_end_lies_ahead_and_is_quiet_no_more()
    {
        var quiet = new QuietHours("Europe/Vienna", new TimeOnly(22, 0), new TimeOnly(2, 30));
        for (var now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero); now.Year == 2027; now = now.AddMinutes(10))
        {
            if (quiet.EndOf(now) is { } end)
            {
                end.ShouldBeGreaterThan(now);
                (end - now).ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(5.5));
                quiet.EndOf(end).ShouldBeNull();
            }
        }
    }

    private static DateTimeOffset? End(string zone, string from, string to, string now) =>
        new QuietHours(zone, TimeOnly.Parse(from, null), TimeOnly.Parse(to, null)).EndOf(DateTimeOffset.Parse(now, null));

    private static DateTimeOffset? At(string? instant) => instant is null ? null : DateTimeOffset.Parse(instant, null);
}
