using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Hosting;

/// <summary>The section <c>Rules</c> of the configuration; what is not set keeps the domain's default.</summary>
public sealed record RuleSettings
{
    public Dictionary<PolicyArea, string> PolicyVersions { get; init; } = [];
    public string? DefaultPolicyVersion { get; init; }
    public string[]? Products { get; init; }

    /// <summary>Targets by severity, as ISO 8601 or hh:mm:ss.</summary>
    public Dictionary<Severity, ServiceLevel> ServiceLevels { get; init; } = [];

    /// <summary>When reports of one region propose a crisis.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Holidays by region, as <c>2027-05-17</c>.</summary>
    public Dictionary<string, DateOnly[]> Holidays { get; init; } = [];

    public Rules ToRules() => Rules.Default with
    {
        PolicyVersions = PolicyVersions.ToImmutableDictionary(),
        DefaultPolicyVersion = DefaultPolicyVersion ?? Rules.Default.DefaultPolicyVersion,
        Products = Products is { Length: > 0 } ? [.. Products] : Rules.Default.Products,
        ServiceLevels = Rules.Default.ServiceLevels with { Targets = Rules.Default.ServiceLevels.Targets.SetItems(ServiceLevels) },
        Crises = Rules.Default.Crises with { Cluster = Cluster.ToRule() },
        BusinessDays = Rules.Default.BusinessDays with { Holidays = Holidays.ToImmutableDictionary(h => h.Key, h => h.Value.ToImmutableArray()) },
    };
}

/// <summary>The section <c>Rules:Cluster</c>; what is not set keeps the default of <see cref="Domain.Crises.ClusterRule"/>.</summary>
public sealed record ClusterSettings
{
    public int? Count { get; init; }
    public TimeSpan? Window { get; init; }
    public double? BaselineFactor { get; init; }
    public int? BaselineDays { get; init; }

    public Domain.Crises.ClusterRule ToRule()
    {
        var rule = Domain.Crises.ClusterRule.Default;
        return rule with
        {
            Count = Count ?? rule.Count,
            Window = Window ?? rule.Window,
            BaselineFactor = BaselineFactor ?? rule.BaselineFactor,
            BaselineDays = BaselineDays ?? rule.BaselineDays,
        };
    }
}
