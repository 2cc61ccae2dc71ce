using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Recommendations;

/// <summary>Given, when, then for one recommendation.</summary>
public sealed class RecommendationCase()
    : Given<ImprovementRecommendation, RecommendationCase>(ImprovementRecommendation.None with { Key = RecommendationCase.Key }, Known())
{
    public const string Key = "IMP-31";
    public const string Review = "PIR-2027-0007";
    public static readonly DateTimeOffset Start = new(2027, 5, 24, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Due = Start.AddDays(30);

    public static readonly Caller Lead = Person("lead-01", Role.DutyLead);
    public static readonly Caller Owner = Person("spec-11", Role.Specialist);
    public static readonly Caller Specialist = Person("spec-04", Role.Specialist);
    public static readonly Caller Analyst = Person("data-02", Role.Analyst);

    public static MetricAim Metric { get; } = new("median minutes to first response", 14, 5);

    public static ProposeRecommendation Proposal { get; } = new(
        RecommendationType.Staffing, "Reports waited 14 minutes for a reader.", "Keep one reader of every language on call.", Review,
        Evidence: new RecommendationEvidence("escalations?region=XN", [new EvidenceValue("median minutes to first response", 14)]), Metric: Metric);

    public static RecommendationCase Proposed(Func<ProposeRecommendation, ProposeRecommendation>? with = null) =>
        new RecommendationCase().When(with is null ? Proposal : with(Proposal), Specialist).ShouldBeAccepted();

    public static RecommendationCase Accepted() => Proposed().When(new AcceptRecommendation(Owner.Id, Due), Lead).ShouldBeAccepted();

    public static RecommendationCase Started() => Accepted().When(new StartRecommendation(), Owner).ShouldBeAccepted();

    public static RecommendationCase Implemented() => Started().When(new ImplementRecommendation(), Owner).ShouldBeAccepted();

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public RecommendationCase Knowing(string key, object stream) => Knowing(c => c with { Streams = c.Streams.SetItem(key, stream) });

    public override ImprovementRecommendation Fold(ImprovementRecommendation state, object @event, Stamp stamp) => ImprovementRecommendation.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;

    private static DecisionContext Known() => new()
    {
        Now = Start,
        Caller = Lead,
        Key = Key,
        Streams = new Dictionary<string, object>
        {
            [Review] = new PostIncidentReview { Key = Review, Stage = ReviewState.Draft, Regions = ["XN"], Tlp = Tlp.AmberStrict, MaskedTerms = ["the perpetrator's name"] },
            ["PIR-2027-0008"] = new PostIncidentReview { Key = "PIR-2027-0008", Stage = ReviewState.Draft, Exercise = true },
            ["PIR-2027-0009"] = PostIncidentReview.None,
            ["ESC-2027-000105"] = new Escalation { Key = "ESC-2027-000105", Stage = EscalationState.Resolved, Regions = ["XN-01"], Tlp = Tlp.GREEN },
        }.ToImmutableDictionary(),
    };
}
