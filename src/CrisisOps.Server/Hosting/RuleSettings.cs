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

    public Rules ToRules() => Rules.Default with
    {
        PolicyVersions = PolicyVersions.ToImmutableDictionary(),
        DefaultPolicyVersion = DefaultPolicyVersion ?? Rules.Default.DefaultPolicyVersion,
        Products = Products is { Length: > 0 } ? [.. Products] : Rules.Default.Products,
        ServiceLevels = Rules.Default.ServiceLevels with { Targets = Rules.Default.ServiceLevels.Targets.SetItems(ServiceLevels) },
    };
}
