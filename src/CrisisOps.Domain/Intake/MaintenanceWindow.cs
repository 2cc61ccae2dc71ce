using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>A planned time in which what a source sends is kept but raises nothing; once, or on some days of each week.</summary>
/// <param name="WindowId">For example <c>MW-1</c>.</param>
/// <param name="From">The first beginning, UTC.</param>
/// <param name="Length">From a minute to 7 days; at most a day when it recurs.</param>
/// <param name="Days">On which days it comes again at the local hour of its first beginning; none for a single window.</param>
/// <param name="Zone">IANA time zone in which it keeps its local hour, also through a clock change.</param>
/// <param name="Until">No occurrence begins after it, UTC; null while nothing ends a recurrence.</param>
public sealed record MaintenanceWindow(
    string WindowId, DateTimeOffset From, TimeSpan Length, string Reason, ImmutableList<DayOfWeek> Days, string? Zone = null, DateTimeOffset? Until = null)
{
    /// <summary>Two weekly occurrences and the days around them.</summary>
    private const int DaysAhead = 10;

    /// <summary>When it was called off, UTC; null while it stands.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>How many occurrences are over.</summary>
    public int Ended { get; init; }

    /// <summary>The end of the newest one that is over, UTC; null before.</summary>
    public DateTimeOffset? EndedUpTo { get; init; }

    /// <summary>The occurrence that ends next; null when none comes any more.</summary>
    [JsonIgnore]
    public Occurrence? Next => CancelledAt is null ? FirstEndingAfter(EndedUpTo ?? From) : null;

    /// <summary>Whether an instant lies in it.</summary>
    public bool Covers(DateTimeOffset instant) => !(CancelledAt <= instant) && FirstEndingAfter(instant)?.From <= instant;

    /// <summary>Of a recurring one, the hour is that of the zone's clock and the length is elapsed time: on the day of a clock change it is as long as on others.</summary>
    private Occurrence? FirstEndingAfter(DateTimeOffset instant)
    {
        if (Days.IsEmpty)
        {
            return From + Length > instant ? new Occurrence(From, From + Length) : null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone!);
        var first = TimeZoneInfo.ConvertTime(From, zone).DateTime;
        var (firstDay, hour) = (DateOnly.FromDateTime(first), TimeOnly.FromDateTime(first));
        var earliest = instant - Length > From ? instant - Length : From;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(earliest, zone).DateTime).AddDays(-1);
        for (var look = 0; look < DaysAhead; look++, day = day.AddDays(1))
        {
            if (day < firstDay || !Days.Contains(day.DayOfWeek))
            {
                continue;
            }

            // The first one begins when it was said, although the zone's clock may show that hour twice.
            var begin = day == firstDay ? From : LocalTime.ToInstant(day.ToDateTime(hour), zone);
            if (begin > Until)
            {
                return null;
            }

            if (begin + Length > instant)
            {
                return new Occurrence(begin, begin + Length);
            }
        }

        return null;
    }
}

/// <summary>One time of a window, UTC; the end is excluded.</summary>
public sealed record Occurrence(DateTimeOffset From, DateTimeOffset To);

/// <summary>What the windows of a source come to.</summary>
public static class MaintenanceWindows
{
    /// <summary>The window in which an instant lies; null when it lies in none. With its source every one ends.</summary>
    public static MaintenanceWindow? Covering(AlertSource source, DateTimeOffset instant) => source.Open ? source.Maintenance.Find(w => w.Covers(instant)) : null;

    /// <summary>The endings of what goes on: for whoever ends a window before its time.</summary>
    internal static IEnumerable<MaintenanceEnded> EndNow(IEnumerable<MaintenanceWindow> windows, DateTimeOffset now) =>
        from window in windows
        let next = window.Next
        where next is not null && next.From < now
        select new MaintenanceEnded(window.WindowId, next.From, next.To < now ? next.To : now);
}
