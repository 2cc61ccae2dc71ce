using System.Globalization;
using System.Text.RegularExpressions;

namespace CrisisOps.Domain.Shared;

/// <summary>Wall time of a zone. The polls open at a local time, and the zone's clock may skip it or show it twice.</summary>
public static partial class LocalTime
{
    /// <summary>Up to microseconds, as instants are stored.</summary>
    private static readonly string[] _wall = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"];

    private static readonly string[] _instants = [.. _wall.Select(format => $"{format}K")];

    /// <summary>No zone of the world is further from UTC than 14 hours; beyond that, no offset of the day is missed.</summary>
    private static readonly TimeSpan _furthest = TimeSpan.FromHours(15);

    /// <summary>The zone of an IANA id of the form <c>Area/Place</c>, or UTC; null for every other, and for one that is not known here.</summary>
    public static TimeZoneInfo? Zone(string? id)
    {
        if (id == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        // The form keeps out Windows ids, fixed offsets with their reversed sign, and anything that could be taken for a path.
        return id is not null && AreaAndPlace().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId ? zone : null;
    }

    /// <summary>What the text says: an instant with its offset, or a wall time of the zone; null when it is neither, or not of our time.</summary>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, _wall, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            return OfOurTime(wall) ? ToInstant(wall, zone) : null;
        }

        return DateTimeOffset.TryParseExact(text, _instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && OfOurTime(instant.DateTime)
            ? instant.ToUniversalTime()
            : null;
    }

    /// <summary>
    /// The first instant at which the zone's clock shows that time or a later one: the earlier of a time shown twice, and for one
    /// that is skipped the instant at which the clock jumps over it. UTC.
    /// </summary>
    public static DateTimeOffset ToInstant(DateTime wall, TimeZoneInfo zone)
    {
        wall = DateTime.SpecifyKind(wall, DateTimeKind.Utc);
        TimeSpan[] offsets = [zone.GetUtcOffset(wall - _furthest), zone.GetUtcOffset(wall + _furthest)];
        DateTime[] shown = [.. offsets.Select(offset => wall - offset).Where(instant => Shows(instant, zone) == wall)];
        return new DateTimeOffset(shown.Length > 0 ? shown.Min() : Jump(wall - offsets.Max(), wall - offsets.Min(), wall, zone), TimeSpan.Zero);
    }

    /// <summary>The first instant of a range whose wall time is later; within it the clock jumps forward once, and is never set back.</summary>
    private static DateTime Jump(DateTime before, DateTime after, DateTime wall, TimeZoneInfo zone)
    {
        var (low, high) = (before.Ticks, after.Ticks);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Shows(new DateTime(middle, DateTimeKind.Utc), zone) >= wall)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return new DateTime(high, DateTimeKind.Utc);
    }

    private static DateTime Shows(DateTime instant, TimeZoneInfo zone) => instant + zone.GetUtcOffset(instant);

    /// <summary>A year that somebody can have meant, and far enough from the ends of the calendar to be calculated with.</summary>
    private static bool OfOurTime(DateTime time) => time.Year is >= 1970 and < 2200;

    [GeneratedRegex("^[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex AreaAndPlace();
}
