using CrisisOps.Domain.Risks;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>Reports of one series as they come by chance around what is usual, drawn from a seed.</summary>
internal sealed class SurgeFlow
{
    private readonly Random _random;
    private readonly DateTimeOffset _start;
    private readonly Func<DateTimeOffset, double> _usual;
    private readonly Dictionary<DateTimeOffset, long> _hours = [];
    private readonly long[] _minutes;

    /// <param name="start">When the minutes begin; the weeks before are known by the hour. A full hour.</param>
    /// <param name="usual">Reports in the hour that begins there, as a rule.</param>
    /// <param name="weeks">So many weeks before are counted.</param>
    public SurgeFlow(int seed, DateTimeOffset start, TimeSpan length, Func<DateTimeOffset, double> usual, int weeks = 4)
    {
        (_random, _start, _usual, Weeks) = (new Random(seed), start, usual, weeks);
        _minutes = new long[(int)length.TotalMinutes];
        for (var hour = start.AddDays(-7 * weeks); hour < start; hour = hour.AddHours(1))
        {
            _hours[hour] = Poisson(_usual(hour));
        }

        for (var hour = 0; hour < _minutes.Length; hour += 60)
        {
            Add(hour, Math.Min(60, _minutes.Length - hour), Poisson(_usual(start.AddMinutes(hour))));
        }
    }

    public int Weeks { get; }

    /// <summary>More reports than usual, by chance within some minutes.</summary>
    public SurgeFlow With(int minute, int length, int reports)
    {
        Add(minute, length, reports);
        return this;
    }

    public IReadOnlyList<SurgeTurn> Turns(SurgeRule? rule = null, SurgeSpan? last = null) =>
        [.. (rule ?? SurgeRule.Default).Between(_start, _start.AddMinutes(_minutes.Length), new SurgeCounts(_start, _minutes, _hours, _start.AddDays(-7 * Weeks)), last)];

    private void Add(int minute, int length, long reports)
    {
        for (; reports > 0; reports--)
        {
            _minutes[minute + _random.Next(length)]++;
        }
    }

    private int Poisson(double mean)
    {
        var (count, limit, product) = (0, Math.Exp(-mean), _random.NextDouble());
        for (; product > limit; count++)
        {
            product *= _random.NextDouble();
        }

        return count;
    }
}
