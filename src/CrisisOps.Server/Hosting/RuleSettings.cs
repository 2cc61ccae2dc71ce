using System.Collections.Immutable;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Hosting;

/// <summary>The section <c>Rules</c> of the configuration; what is not set keeps the domain's default. Times are written <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>.</summary>
public sealed record RuleSettings
{
    public Dictionary<PolicyArea, string> PolicyVersions { get; init; } = [];
    public string? DefaultPolicyVersion { get; init; }
    public string[]? Products { get; init; }

    /// <summary>Targets by severity.</summary>
    public Dictionary<Severity, ServiceLevel> ServiceLevels { get; init; } = [];

    /// <summary>Stands before the defaults: the first rule that matches counts.</summary>
    public RoutingRuleSettings[] Routing { get; init; } = [];

    public CrisisRuleSettings Crises { get; init; } = new();
    public ElectionRuleSettings Elections { get; init; } = new();
    public RecommendationRuleSettings Recommendations { get; init; } = new();
    public RiskRuleSettings Risks { get; init; } = new();
    public BusinessDaySettings BusinessDays { get; init; } = new();

    /// <summary>Strictly: a name that is none, or a value that can not be read, stops the server, and no rule silently stays as it was.</summary>
    public static Rules Read(IConfigurationSection section) => StrictSettings.Read<RuleSettings>(section).ToRules();

    private Rules ToRules() => Rules.Default with
    {
        PolicyVersions = PolicyVersions.ToImmutableDictionary(),
        DefaultPolicyVersion = DefaultPolicyVersion ?? Rules.Default.DefaultPolicyVersion,
        Products = Products is { Length: > 0 } ? [.. Products] : Rules.Default.Products,
        ServiceLevels = Rules.Default.ServiceLevels with { Targets = Rules.Default.ServiceLevels.Targets.SetItems(ServiceLevels) },
        Routing = [.. Routing.Select(r => r.ToRule()), .. Rules.Default.Routing],
        Crises = Crises.Over(Rules.Default.Crises),
        Elections = Elections.Over(Rules.Default.Elections),
        Recommendations = Recommendations.Over(Rules.Default.Recommendations),
        Risks = Risks.Over(Rules.Default.Risks),
        BusinessDays = BusinessDays.Over(Rules.Default.BusinessDays),
    };
}

/// <summary>A line of <c>Rules:Routing</c>.</summary>
public sealed record RoutingRuleSettings
{
    public string? Name { get; init; }
    public Function? Desk { get; init; }
    public Source[] Sources { get; init; } = [];
    public PolicyArea[] PolicyAreas { get; init; } = [];
    public string[] Regions { get; init; } = [];

    public RoutingRule ToRule() => (Name, Desk) is ({ Length: > 0 } name, { } desk)
        ? new RoutingRule(name, desk) { Sources = [.. Sources], PolicyAreas = [.. PolicyAreas], Regions = [.. Regions] }
        : throw new InvalidOperationException("A rule of Rules:Routing needs its Name and its Desk.");
}

/// <summary>The section <c>Rules:Elections</c>.</summary>
public sealed record ElectionRuleSettings
{
    public TimeSpan? MeasureLimit { get; init; }
    public TimeSpan? OperationsCenterLimit { get; init; }
    public TimeSpan? OnTime { get; init; }

    public ElectionRules Over(ElectionRules rules) => rules with
    {
        MeasureLimit = MeasureLimit ?? rules.MeasureLimit,
        OperationsCenterLimit = OperationsCenterLimit ?? rules.OperationsCenterLimit,
        OnTime = OnTime ?? rules.OnTime,
    };
}

/// <summary>The section <c>Rules:Recommendations</c>.</summary>
public sealed record RecommendationRuleSettings
{
    public TimeSpan? MeasureAfter { get; init; }
    public TimeSpan? DecidedWithin { get; init; }
    public TimeSpan? MeasuredWithin { get; init; }

    public RecommendationRules Over(RecommendationRules rules) => rules with
    {
        MeasureAfter = MeasureAfter ?? rules.MeasureAfter,
        DecidedWithin = DecidedWithin ?? rules.DecidedWithin,
        MeasuredWithin = MeasuredWithin ?? rules.MeasuredWithin,
    };
}

/// <summary>The section <c>Rules:BusinessDays</c>: holidays by country or subdivision, <c>001</c> for everywhere.</summary>
public sealed record BusinessDaySettings
{
    public Dictionary<string, DateOnly[]> Holidays { get; init; } = [];

    public BusinessDays Over(BusinessDays days) => days with { Holidays = days.Holidays.SetItems(Holidays.Select(h => KeyValuePair.Create(h.Key, h.Value.ToImmutableArray()))) };
}
