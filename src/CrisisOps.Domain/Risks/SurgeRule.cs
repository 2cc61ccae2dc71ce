namespace CrisisOps.Domain.Risks;

/// <summary>
/// When reports come so thick that somebody should look (domain §5). Each minute the last hour is counted, for every policy area, region and kind of source
/// by itself. Defaults are those marked [P] in the domain. Hours are hours of UTC: over a change of the clocks what is usual shifts by one.
/// </summary>
public sealed record SurgeRule
{
    public static readonly SurgeRule Default = new();

    /// <summary>What is counted together; what is usual is known by the hour, so this is no setting.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>So many windows in a row must be as usual before it is over.</summary>
    public const int QuietWindows = 2;

    /// <summary>Fewer reports are no surge, whatever is usual.</summary>
    public int Minimum { get; init; } = 10;

    /// <summary>So many standard deviations above what is usual.</summary>
    public double Deviations { get; init; } = 3;

    /// <summary>And so many times what is usual.</summary>
    public double Factor { get; init; } = 3;

    /// <summary>So long after a surge was over the same series raises none.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>
    /// From how many on it is a surge while what is usual is not known (less than two weeks counted): three times the minimum, as if the minimum were usual.
    /// </summary>
    public int ColdFloor { get; init; } = 30;

    /// <summary>
    /// And less likely by chance than this, if nothing has changed since the weeks before. The three above do not see that what is usual is itself counted by
    /// chance: with four reports an hour they take chance for a surge twice a week. 1 leaves it to them; docs/risks.md has the figures.
    /// </summary>
    public double Chance { get; init; } = 2e-7;

    /// <summary>From how many on it is a surge.</summary>
    /// <param name="usual">Null while it is not known.</param>
    public long Threshold(UsualReports? usual)
    {
        if (usual is not { } known)
        {
            return ColdFloor;
        }

        var least = Least(known);
        while (ByChance(least, known) > Chance)
        {
            least++;
        }

        return least;
    }

    /// <summary>What a minute turns: a surge begins, it is over, or nothing.</summary>
    /// <param name="at">A full minute: what came before it counts.</param>
    /// <param name="last">The newest surge of the series; null when there was none.</param>
    public SurgeTurn? Of(SurgeCounts counts, DateTimeOffset at, SurgeSpan? last)
    {
        if (last is { Until: null })
        {
            return at - Window >= last.From && Quiet(counts, at) && Quiet(counts, at - Window) ? new SurgeTurn.Cleared(at, counts.Observed(at), counts.Usual(at)) : null;
        }

        var observed = counts.Observed(at);
        if (observed < Minimum || last?.Until > at - CoolDown)
        {
            return null;
        }

        var usual = counts.Usual(at);
        return observed >= (usual is { } known ? Least(known) : ColdFloor) && Threshold(usual) is var threshold && observed >= threshold
            ? new SurgeTurn.Detected(at, observed, usual, threshold)
            : null;
    }

    /// <summary>Every turn of a series after one minute up to another, in order.</summary>
    public IEnumerable<SurgeTurn> Between(DateTimeOffset after, DateTimeOffset upto, SurgeCounts counts, SurgeSpan? last)
    {
        for (var at = after.AddMinutes(1); at <= upto; at = at.AddMinutes(1))
        {
            if (Of(counts, at, last) is { } turn)
            {
                last = turn is SurgeTurn.Cleared && last is not null ? last with { Until = at } : new SurgeSpan(at, null);
                yield return turn;
            }
        }
    }

    /// <summary>As usual: under one standard deviation above it. Where nothing is usual, nothing; where it is not known, less than could be a surge.</summary>
    private bool Quiet(SurgeCounts counts, DateTimeOffset at)
    {
        var observed = counts.Observed(at);
        return observed == 0 || observed < (counts.Usual(at) is { } usual ? usual.Mean + Math.Sqrt(usual.Mean) : Minimum);
    }

    private long Least(UsualReports usual) => (long)Math.Ceiling(Math.Max(Minimum, Math.Max(usual.Mean + (Deviations * Math.Sqrt(usual.Mean)), Factor * usual.Mean)));

    /// <summary>
    /// How likely it is that so many of all reports of this window and of those of the weeks before fall into this one, if none is different: what is usual
    /// need not be known for that, only counted (the conditional test of two Poisson rates).
    /// </summary>
    private static double ByChance(long observed, UsualReports usual)
    {
        var before = (long)Math.Ceiling(usual.Mean * usual.Weeks);
        var term = -(before * Math.Log(1 + (1.0 / usual.Weeks))) - (observed * Math.Log(1 + usual.Weeks));
        for (var n = 1; n <= observed; n++)
        {
            term += Math.Log((before + n) / (double)n);
        }

        var (chance, part) = (0.0, Math.Exp(term));
        for (var n = observed; part > 0 && n <= observed + before; n++)
        {
            chance += part;
            part *= (observed + before - n) / ((n + 1.0) * usual.Weeks);
        }

        return chance;
    }
}

/// <summary>A surge in time, UTC.</summary>
/// <param name="Until">Null while it runs.</param>
public sealed record SurgeSpan(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>What changes at a minute, UTC.</summary>
/// <param name="Usual">Null while it is not known.</param>
public abstract record SurgeTurn(DateTimeOffset At, long Observed, UsualReports? Usual)
{
    public sealed record Detected(DateTimeOffset At, long Observed, UsualReports? Usual, long Threshold) : SurgeTurn(At, Observed, Usual);

    public sealed record Cleared(DateTimeOffset At, long Observed, UsualReports? Usual) : SurgeTurn(At, Observed, Usual);
}
