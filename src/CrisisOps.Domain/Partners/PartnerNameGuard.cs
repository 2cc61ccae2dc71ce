using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>A name stands for one partner: whoever is told a name at three in the night must not have to choose.</summary>
public static class PartnerNameGuard
{
    /// <summary>The fact that tells which partner holds a name.</summary>
    public const string NameFact = "partner-name";

    /// <summary>The name without regard to capitals and outer spaces.</summary>
    public static string FactId(string? name) => name?.Trim().ToLowerInvariant() ?? "";

    /// <summary>Refused when a partner that is not offboarded holds this name.</summary>
    internal static Ruling? Free(string name, DecisionContext context) => context.Fact(NameFact, FactId(name)) is { } holder
        ? Ruling.Refuse("partner-name-unique", $"{holder} has this name already; go on there, or say in name what tells them apart.")
        : null;
}
