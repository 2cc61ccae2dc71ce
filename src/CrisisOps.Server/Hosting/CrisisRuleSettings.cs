using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Hosting;

/// <summary>The section <c>Rules:Crises</c>: thresholds, cadences and limits of a crisis.</summary>
public sealed record CrisisRuleSettings
{
    public int? Level1Sum { get; init; }
    public int? Level1ViralityAtWorst { get; init; }
    public int? Level2Sum { get; init; }
    public int? Level3Sum { get; init; }
    public Dictionary<CrisisLevel, TimeSpan> Cadences { get; init; } = [];
    public TimeSpan? StabilizingCadence { get; init; }
    public Dictionary<CrisisLevel, TimeSpan> AckWindows { get; init; } = [];
    public TimeSpan? AssessmentFresh { get; init; }
    public TimeSpan? LeverLimit { get; init; }
    public TimeSpan? LeverAloneLimit { get; init; }
    public TimeSpan? ReactivateWithin { get; init; }
    public int? ReviewDaysLevel1 { get; init; }
    public int? ReviewBusinessDays { get; init; }
    public TimeSpan? ReviewApprovedWithin { get; init; }
    public TimeSpan? ReviewClosedWithin { get; init; }
    public string[]? HoldingLines { get; init; }
    public ClusterRuleSettings Cluster { get; init; } = new();

    public CrisisRules Over(CrisisRules rules) => rules with
    {
        Level1Sum = Level1Sum ?? rules.Level1Sum,
        Level1ViralityAtWorst = Level1ViralityAtWorst ?? rules.Level1ViralityAtWorst,
        Level2Sum = Level2Sum ?? rules.Level2Sum,
        Level3Sum = Level3Sum ?? rules.Level3Sum,
        Cadences = rules.Cadences.SetItems(Cadences),
        StabilizingCadence = StabilizingCadence ?? rules.StabilizingCadence,
        AckWindows = rules.AckWindows.SetItems(AckWindows),
        AssessmentFresh = AssessmentFresh ?? rules.AssessmentFresh,
        LeverLimit = LeverLimit ?? rules.LeverLimit,
        LeverAloneLimit = LeverAloneLimit ?? rules.LeverAloneLimit,
        ReactivateWithin = ReactivateWithin ?? rules.ReactivateWithin,
        ReviewDaysLevel1 = ReviewDaysLevel1 ?? rules.ReviewDaysLevel1,
        ReviewBusinessDays = ReviewBusinessDays ?? rules.ReviewBusinessDays,
        ReviewApprovedWithin = ReviewApprovedWithin ?? rules.ReviewApprovedWithin,
        ReviewClosedWithin = ReviewClosedWithin ?? rules.ReviewClosedWithin,
        HoldingLines = HoldingLines is { Length: > 0 } ? [.. HoldingLines] : rules.HoldingLines,
        Cluster = Cluster.Over(rules.Cluster),
    };
}

/// <summary>The section <c>Rules:Crises:Cluster</c>: when reports of one region come so thick that a crisis is proposed.</summary>
public sealed record ClusterRuleSettings
{
    public int? Count { get; init; }
    public TimeSpan? Window { get; init; }
    public double? BaselineFactor { get; init; }
    public int? BaselineDays { get; init; }
    public Dictionary<PolicyArea, CrisisType> Types { get; init; } = [];

    public ClusterRule Over(ClusterRule rule) => rule with
    {
        Count = Count ?? rule.Count,
        Window = Window ?? rule.Window,
        BaselineFactor = BaselineFactor ?? rule.BaselineFactor,
        BaselineDays = BaselineDays ?? rule.BaselineDays,
        Types = rule.Types.SetItems(Types),
    };
}
