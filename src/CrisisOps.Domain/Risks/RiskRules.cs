using System.Collections.Immutable;

namespace CrisisOps.Domain.Risks;

/// <summary>Limits of risk signals; defaults are those marked [P] in the domain, an operator may configure others.</summary>
public sealed record RiskRules
{
    public static readonly RiskRules Default = new();

    /// <summary>How long a signal of each horizon stands.</summary>
    public ImmutableDictionary<Horizon, TimeSpan> Horizons { get; init; } = new Dictionary<Horizon, TimeSpan>
    {
        [Horizon.Now] = TimeSpan.FromHours(8),
        [Horizon.Day] = TimeSpan.FromHours(24),
        [Horizon.Week] = TimeSpan.FromDays(7),
        [Horizon.Month] = TimeSpan.FromDays(30),
        [Horizon.Quarter] = TimeSpan.FromDays(90),
    }.ToImmutableDictionary();

    public SurgeRule Surge { get; init; } = SurgeRule.Default;
}
