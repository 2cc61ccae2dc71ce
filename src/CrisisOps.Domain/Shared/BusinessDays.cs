using System.Collections.Immutable;

namespace CrisisOps.Domain.Shared;

/// <summary>
/// Counts business days: Monday to Friday without the holidays an operator configures. No time zone is asked: the day of an instant
/// is its date in UTC, so that every server counts alike.
/// </summary>
public sealed record BusinessDays
{
    /// <summary>Weekends only; holidays are configuration, because they are a matter of law and change each year.</summary>
    public static readonly BusinessDays Default = new();

    /// <summary>Holidays by ISO 3166-1/-2 code; <see cref="Regions.World"/> holds those of everywhere, a country's hold in its subdivisions too.</summary>
    public ImmutableDictionary<string, ImmutableArray<DateOnly>> Holidays { get; init; } = ImmutableDictionary<string, ImmutableArray<DateOnly>>.Empty;

    /// <summary>The same time of day, that many business days later. From a weekend or a holiday the next business day is the first.</summary>
    /// <param name="days">Zero or fewer leave the instant as it is.</param>
    /// <param name="regions">A holiday of any of them is no business day.</param>
    public DateTimeOffset Add(DateTimeOffset instant, int days, IReadOnlyCollection<string> regions)
    {
        var closed = Closed(regions);
        var at = instant.ToUniversalTime();
        while (days > 0)
        {
            at = at.AddDays(1);
            if (at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !closed.Contains(DateOnly.FromDateTime(at.UtcDateTime)))
            {
                days--;
            }
        }

        return at;
    }

    private HashSet<DateOnly> Closed(IReadOnlyCollection<string> regions) =>
        [.. Regions.WithParents(regions).Append(Regions.World).SelectMany(region => Holidays.GetValueOrDefault(region, []))];
}
