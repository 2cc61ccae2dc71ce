using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>
/// When two signals say the same without having it from each other: they are of another kind, or come from another origin; a region of one is, holds or
/// lies in one of the other; both are open; and the second is not too weak itself.
/// </summary>
internal static class Independence
{
    /// <summary>Null when the other signal is independent of this one.</summary>
    public static Ruling? Check(RiskSignal state, string key, DecisionContext context)
    {
        if (context.Streams.GetValueOrDefault(key) is not RiskSignal { Stage: not RiskState.None } other)
        {
            return Ruling.Refuse("signal-known", $"There is no signal '{key}'.");
        }

        if (other.Exercise != state.Exercise)
        {
            return Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed.");
        }

        var apart = key != state.Key && (other.Kind != state.Kind || !string.Equals(other.Origin, state.Origin, StringComparison.OrdinalIgnoreCase));
        return apart && other.Open && other.Grade is { Weak: false } && Near(state, other)
            ? null
            : Ruling.Refuse(
                "signal-independent",
                $"{key} is no second signal: that one is open, graded better than E4, about the same region, and of another kind or from another origin.");
    }

    private static bool Near(RiskSignal one, RiskSignal other) => Regions.Intersect(one.Regions, other.Regions) || Regions.Intersect(other.Regions, one.Regions);
}
