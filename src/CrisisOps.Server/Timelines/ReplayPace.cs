namespace CrisisOps.Server.Timelines;

/// <summary>How long a reader of a replay waits where the people of then waited.</summary>
/// <param name="Speed">Times the original pace; null waits for nothing.</param>
/// <param name="MaxGap">No wait is longer, in the reader's own time; null leaves each as long as it is.</param>
public sealed record ReplayPace(decimal? Speed, TimeSpan? MaxGap)
{
    public const decimal Slowest = 0.01m;
    public const decimal Fastest = 100_000m;

    /// <summary>The wait for a gap of then.</summary>
    public TimeSpan Wait(TimeSpan gap)
    {
        if (Speed is not { } speed || gap <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        // A gap of years at the slowest speed is still a number of ticks.
        var wait = TimeSpan.FromTicks((long)decimal.Min(gap.Ticks / speed, TimeSpan.MaxValue.Ticks));
        return MaxGap is { } most && wait > most ? most : wait;
    }
}
