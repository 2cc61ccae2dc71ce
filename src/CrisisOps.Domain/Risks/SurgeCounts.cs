namespace CrisisOps.Domain.Risks;

/// <summary>What is usual in a window.</summary>
/// <param name="Weeks">Of so many weeks it is the mean: the fewer, the less is known.</param>
public readonly record struct UsualReports(double Mean, int Weeks);

/// <summary>How many reports of a series came, by minute of late and by hour of the weeks before. UTC throughout.</summary>
public sealed class SurgeCounts
{
    /// <summary>What is usual is the mean of the same hour of so many weeks before.</summary>
    public const int Weeks = 4;

    /// <summary>With fewer weeks nothing is usual yet.</summary>
    public const int LeastWeeks = 2;

    private static readonly TimeSpan _week = TimeSpan.FromDays(7);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly DateTimeOffset _from;
    private readonly long[] _sums;
    private readonly IReadOnlyDictionary<DateTimeOffset, long> _hours;
    private readonly DateTimeOffset _since;

    /// <param name="from">The first of the minutes.</param>
    /// <param name="minutes">From there on, without gaps; what lies before or after is nothing.</param>
    /// <param name="hours">By the beginning of the hour; one that is missing had none.</param>
    /// <param name="since">Since when anything is counted at all.</param>
    public SurgeCounts(DateTimeOffset from, IReadOnlyList<long> minutes, IReadOnlyDictionary<DateTimeOffset, long> hours, DateTimeOffset since)
    {
        (_from, _hours, _since) = (from, hours, since);
        _sums = new long[minutes.Count + 1];
        for (var minute = 0; minute < minutes.Count; minute++)
        {
            _sums[minute + 1] = _sums[minute] + minutes[minute];
        }
    }

    /// <summary>Reports in the window that ends here.</summary>
    public long Observed(DateTimeOffset at) => Before(at) - Before(at - SurgeRule.Window);

    /// <summary>What is usual in this window: a part of each of the two hours over which it lies. Null while too few weeks were counted.</summary>
    public UsualReports? Usual(DateTimeOffset at)
    {
        var start = at - SurgeRule.Window;
        var weeks = Math.Min(Weeks, (int)Math.Floor((start - _since) / _week));
        if (weeks < LeastWeeks)
        {
            return null;
        }

        var sum = 0.0;
        for (var week = 1; week <= weeks; week++)
        {
            var hour = HourOf(start - (week * _week));
            var later = (start - (week * _week) - hour) / _hour;
            sum += ((1 - later) * _hours.GetValueOrDefault(hour)) + (later * _hours.GetValueOrDefault(hour + _hour));
        }

        return new UsualReports(sum / weeks, weeks);
    }

    /// <summary>The beginning of the hour of UTC.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>The hours by which <see cref="Usual"/> judges every window that ends from one minute up to another.</summary>
    public static IEnumerable<DateTimeOffset> HoursFor(DateTimeOffset first, DateTimeOffset last)
    {
        for (var week = 1; week <= Weeks; week++)
        {
            for (var hour = HourOf(first - SurgeRule.Window); hour <= last; hour += _hour)
            {
                yield return hour - (week * _week);
            }
        }
    }

    private long Before(DateTimeOffset at) => _sums[(int)Math.Clamp((at - _from) / TimeSpan.FromMinutes(1), 0, _sums.Length - 1)];
}
