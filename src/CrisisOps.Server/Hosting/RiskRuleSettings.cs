using CrisisOps.Domain.Risks;

namespace CrisisOps.Server.Hosting;

/// <summary>The section <c>Rules:Risks</c>: how long signals stand, and when reports are a surge.</summary>
public sealed record RiskRuleSettings
{
    public Dictionary<Horizon, TimeSpan> Horizons { get; init; } = [];
    public SurgeRuleSettings Surge { get; init; } = new();

    public RiskRules Over(RiskRules rules) => rules with { Horizons = rules.Horizons.SetItems(Horizons), Surge = Surge.Over(rules.Surge) };
}

/// <summary>The section <c>Rules:Risks:Surge</c>.</summary>
public sealed record SurgeRuleSettings
{
    public int? Minimum { get; init; }
    public double? Deviations { get; init; }
    public double? Factor { get; init; }
    public TimeSpan? CoolDown { get; init; }
    public int? ColdFloor { get; init; }
    public double? Chance { get; init; }

    public SurgeRule Over(SurgeRule rule) => rule with
    {
        Minimum = Minimum ?? rule.Minimum,
        Deviations = Deviations ?? rule.Deviations,
        Factor = Factor ?? rule.Factor,
        CoolDown = CoolDown ?? rule.CoolDown,
        ColdFloor = ColdFloor ?? rule.ColdFloor,
        Chance = Chance ?? rule.Chance,
    };
}
