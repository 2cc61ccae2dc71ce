using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Thresholds, cadences and limits of a crisis; defaults are those marked [P] in the domain, an operator may configure others.</summary>
public sealed record CrisisRules
{
    public static readonly CrisisRules Default = new();

    /// <summary>Consequence + virality from which it is Level1.</summary>
    public int Level1Sum { get; init; } = 7;

    /// <summary>With the highest consequence, the virality from which it is Level1 whatever the sum.</summary>
    public int Level1ViralityAtWorst { get; init; } = 2;

    public int Level2Sum { get; init; } = 5;

    public int Level3Sum { get; init; } = 3;

    /// <summary>Time between situation reports of an active crisis (domain §3, P5).</summary>
    public ImmutableDictionary<CrisisLevel, TimeSpan> Cadences { get; init; } = new Dictionary<CrisisLevel, TimeSpan>
    {
        [CrisisLevel.Level1] = TimeSpan.FromMinutes(30),
        [CrisisLevel.Level2] = TimeSpan.FromHours(2),
        [CrisisLevel.Level3] = TimeSpan.FromHours(8),
    }.ToImmutableDictionary();

    public TimeSpan StabilizingCadence { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a partner may take to acknowledge an alert, before the telephone is used (domain §4).</summary>
    public ImmutableDictionary<CrisisLevel, TimeSpan> AckWindows { get; init; } = new Dictionary<CrisisLevel, TimeSpan>
    {
        [CrisisLevel.Level1] = TimeSpan.FromMinutes(20),
        [CrisisLevel.Level2] = TimeSpan.FromMinutes(60),
        [CrisisLevel.Level3] = TimeSpan.FromMinutes(60),
    }.ToImmutableDictionary();

    /// <summary>An assessment is fresh enough to declare by for this long.</summary>
    public TimeSpan AssessmentFresh { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>The longest a lever may be on without being extended.</summary>
    public TimeSpan LeverLimit { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The longest a lever may be on that nobody but its owner approved (domain §9.1).</summary>
    public TimeSpan LeverAloneLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A crisis that was stood down can be taken up again for this long.</summary>
    public TimeSpan ReactivateWithin { get; init; } = TimeSpan.FromHours(72);

    /// <summary>The meeting of the review after a Level1, in calendar days (domain §2.10).</summary>
    public int ReviewDaysLevel1 { get; init; } = 3;

    /// <summary>The meeting of the review after every other level, in business days.</summary>
    public int ReviewBusinessDays { get; init; } = 5;

    /// <summary>How long a submitted review may wait for its approval.</summary>
    public TimeSpan ReviewApprovedWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long an approved review may stay open.</summary>
    public TimeSpan ReviewClosedWithin { get; init; } = TimeSpan.FromDays(30);

    public ClusterRule Cluster { get; init; } = ClusterRule.Default;

    /// <summary>Approved in advance; the incident commander alone may release them (domain §9.1).</summary>
    public ImmutableArray<string> HoldingLines { get; init; } =
        ["We are aware of the situation and are working with the authorities. We remove content that breaks our rules."];

    /// <summary>The level that the two axes come to; null means no crisis.</summary>
    public CrisisLevel? LevelOf(int consequence, int virality) => (consequence + virality) switch
    {
        var sum when sum >= Level1Sum || (consequence == 4 && virality >= Level1ViralityAtWorst) => CrisisLevel.Level1,
        var sum when sum >= Level2Sum => CrisisLevel.Level2,
        var sum when sum >= Level3Sum => CrisisLevel.Level3,
        _ => null,
    };

    public TimeSpan Cadence(CrisisState stage, CrisisLevel level) => stage == CrisisState.Stabilizing ? StabilizingCadence : Cadences[level];

    /// <summary>When the review has to meet.</summary>
    /// <param name="regions">Those of the crisis: whoever answered it there has their holidays.</param>
    public DateTimeOffset ReviewDue(CrisisLevel level, DateTimeOffset stoodDown, IReadOnlyCollection<string> regions, BusinessDays calendar) =>
        level == CrisisLevel.Level1 ? stoodDown.AddDays(ReviewDaysLevel1) : calendar.Add(stoodDown, ReviewBusinessDays, regions);
}
