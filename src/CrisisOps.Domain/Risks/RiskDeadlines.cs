using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Deadlines of a signal, derived from its state.</summary>
public static class RiskDeadlines
{
    /// <summary>Whoever watches looks at it again.</summary>
    public const string Review = "RiskReview";

    /// <summary>Its horizon ends.</summary>
    public const string HorizonEnd = "RiskHorizon";

    public static IEnumerable<Deadline> Of(RiskSignal state)
    {
        if (state is { Stage: RiskState.Watching, ReviewAt: { } review })
        {
            yield return new Deadline(Review, "", state.Reviews, review, state.Watcher);
        }

        if (state is { Open: true, Surging: false, ExpiresAt: { } end })
        {
            yield return new Deadline(HorizonEnd, "", state.Horizons, end);
        }
    }

    /// <summary>True when this clock of this generation runs and has come to its end.</summary>
    internal static bool RanOut(RiskSignal state, string kind, int generation, DateTimeOffset now) =>
        Of(state).Any(d => d.Kind == kind && d.Generation == generation && d.DueAt <= now);
}
