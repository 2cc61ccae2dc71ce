namespace CrisisOps.Domain.Recommendations;

/// <summary>Limits of a recommendation; the defaults are proposals [P] as in domain §2.10, an operator may configure others.</summary>
public sealed record RecommendationRules
{
    public static readonly RecommendationRules Default = new();

    /// <summary>A change shows in its metric only some time after it was made; measured earlier, it proves nothing.</summary>
    public TimeSpan MeasureAfter { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long a proposal may wait for somebody to accept, defer or reject it.</summary>
    public TimeSpan DecidedWithin { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long it may take to measure it once it can be measured.</summary>
    public TimeSpan MeasuredWithin { get; init; } = TimeSpan.FromDays(28);
}
