using System.Collections.Immutable;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Shared;

public class BusinessDaysTests
{
    /// <summary>14 May 2027 is a Friday.</summary>
    private static readonly DateTimeOffset _friday = new(2027, 5, 14, 14, 0, 0, TimeSpan.Zero);

    private static readonly BusinessDays _calendar = new()
    {
        Holidays = new Dictionary<string, ImmutableArray<DateOnly>>
        {
            ["XN"] = [new(2027, 5, 17)],
            ["XN-01"] = [new(2027, 5, 18)],
            [Regions.World] = [new(2027, 5, 20), new(2027, 5, 22)],
        }.ToImmutableDictionary(),
    };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(1, 3)]
    [InlineData(5, 7)]
    [InlineData(6, 10)]
    public void A_weekend_does_not_count(int days, int calendarDays) =>
        BusinessDays.Default.Add(_friday, days, ["XN"]).ShouldBe(_friday.AddDays(calendarDays));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void From_a_weekend_Monday_is_the_first(int afterFriday, int toMonday)
    {
        var start = _friday.AddDays(afterFriday);
        BusinessDays.Default.Add(start, 1, []).ShouldBe(start.AddDays(toMonday + 1));
    }

    [Theory]
    [InlineData("XM", 3)]
    [InlineData("XN", 4)]
    [InlineData("XN-01", 5)]
    [InlineData("XN-02", 4)]
    public void A_holiday_of_the_region_or_its_country_does_not_count(string region, int calendarDays) =>
        _calendar.Add(_friday, 1, [region]).ShouldBe(_friday.AddDays(calendarDays));

    [Fact]
    public void A_holiday_of_everywhere_counts_nowhere_and_one_on_a_weekend_changes_nothing() =>
        _calendar.Add(_friday, 4, []).ShouldBe(_friday.AddDays(7));

    [Fact]
    public void A_holiday_of_any_of_several_regions_does_not_count() =>
        _calendar.Add(_friday, 1, ["XM", "XN-01"]).ShouldBe(_friday.AddDays(5));

    [Fact]
    public void The_day_is_the_date_in_utc_wherever_it_was_written()
    {
        // Friday evening in the west is Saturday in UTC: Monday is the first business day, and so is the answer for the same instant.
        var west = new DateTimeOffset(2027, 5, 14, 20, 0, 0, TimeSpan.FromHours(-8));
        BusinessDays.Default.Add(west, 1, []).ShouldBe(new DateTimeOffset(2027, 5, 17, 4, 0, 0, TimeSpan.Zero));
        BusinessDays.Default.Add(west, 1, []).ShouldBe(BusinessDays.Default.Add(west.ToUniversalTime(), 1, []));
    }
}
