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

    public SurgeRule Over(SurgeRule rule) => Checked(rule with
    {
        Minimum = Minimum ?? rule.Minimum,
        Deviations = Deviations ?? rule.Deviations,
        Factor = Factor ?? rule.Factor,
        CoolDown = CoolDown ?? rule.CoolDown,
        ColdFloor = ColdFloor ?? rule.ColdFloor,
        Chance = Chance ?? rule.Chance,
    });

    private static SurgeRule Checked(SurgeRule rule) =>
        rule is { Minimum: >= 1, Deviations: >= 0, Factor: >= 0, Chance: > 0 and <= 1 } && rule.ColdFloor >= rule.Minimum && rule.CoolDown >= TimeSpan.Zero
            ? rule
            : throw new InvalidOperationException("Rules:Risks:Surge: Minimum is at least 1, ColdFloor at least Minimum, Chance above 0 and at most 1, and nothing is negative.");
}
