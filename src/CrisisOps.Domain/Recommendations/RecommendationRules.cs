namespace CrisisOps.Domain.Recommendations;

/// <summary>Limits of a recommendation; the default is the one marked [P] in domain §2.10, an operator may configure another.</summary>
public sealed record RecommendationRules
{
    public static readonly RecommendationRules Default = new();

    /// <summary>A change shows in its metric only some time after it was made; measured earlier, it proves nothing.</summary>
    public TimeSpan MeasureAfter { get; init; } = TimeSpan.FromDays(14);
}
