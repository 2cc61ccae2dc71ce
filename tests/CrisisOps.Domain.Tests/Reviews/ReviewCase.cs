using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Reviews;

/// <summary>Given, when, then for one review.</summary>
public sealed class ReviewCase() : Given<PostIncidentReview, ReviewCase>(PostIncidentReview.None with { Key = ReviewCase.Key }, Known())
{
    public const string Key = "PIR-2027-0007";
    public const string CrisisKey = "CR-2027-0007";
    public static readonly DateTimeOffset Start = new(2027, 5, 17, 14, 0, 1, TimeSpan.Zero);
    public static readonly DateTimeOffset Due = new(2027, 5, 20, 14, 0, 0, TimeSpan.Zero);

    public static readonly Caller Lead = Person("lead-01", Role.DutyLead);
    public static readonly Caller OtherLead = Person("lead-02", Role.DutyLead);
    public static readonly Caller Owner = Person("spec-04", Role.Specialist);
    public static readonly Caller Specialist = Person("spec-09", Role.Specialist);
    public static readonly Caller Press = Person("pio-01", Role.Communications);

    public static OpenPostIncidentReview Opening { get; } = new(CrisisKey, Owner.Id, Due);

    public static ReviewCase Opened() => new ReviewCase().When(Opening, Caller.System).ShouldBeAccepted();

    /// <summary>Everything is ready to submit.</summary>
    public static ReviewCase Written() => Opened()
        .When(new FreezeTimeline(Start), Caller.System).ShouldBeAccepted()
        .When(new RecordContributingFactor("Nobody on call read the language.", ["CR-2027-0007@12"]), Specialist).ShouldBeAccepted();

    public static ReviewCase Submitted() => Written().When(new SubmitReview(), Owner).ShouldBeAccepted();

    public static ReviewCase Approved() => Submitted()
        .When(new NameRecommendation("IMP-31"), Specialist).ShouldBeAccepted()
        .When(new ApproveReview(), Lead).ShouldBeAccepted();

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public static PersonFacts Facts(string id, Tlp clearance = Tlp.RED) => new(id, [Role.Specialist], [], ["XN"], clearance, [], []);

    public static Crisis Crisis(CrisisState stage = CrisisState.UnderReview) => new()
    {
        Key = CrisisKey,
        Stage = stage,
        Title = "Live video of an attack",
        Regions = ["XN"],
        Tlp = Tlp.AMBER,
        MaskedTerms = ["the perpetrator's name"],
        Version = 40,
    };

    public static ImprovementRecommendation Recommendation(string key, string? review = Key) =>
        new() { Key = key, Stage = RecommendationState.Proposed, ReviewKey = review, Version = 1 };

    public ReviewCase Knowing(Crisis crisis) => Knowing(c => c with { Streams = c.Streams.SetItem(crisis.Key, crisis) });

    public override PostIncidentReview Fold(PostIncidentReview state, object @event, Stamp stamp) => PostIncidentReview.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;

    private static DecisionContext Known() => new()
    {
        Now = Start,
        Caller = Lead,
        Key = Key,
        People = new[] { "spec-04", "spec-09", "lead-01", "lead-02" }.ToImmutableDictionary(id => id, id => Facts(id)).Add("spec-30", Facts("spec-30", Tlp.GREEN)),
        Streams = new Dictionary<string, object>
        {
            [CrisisKey] = Crisis(),
            ["ESC-2027-000104"] = new Escalation { Key = "ESC-2027-000104", Stage = EscalationState.Resolved, Version = 9 },
            ["ESC-2027-000190"] = new Escalation { Key = "ESC-2027-000190", Stage = EscalationState.Resolved, Exercise = true, Version = 9 },
            ["IMP-31"] = Recommendation("IMP-31"),
            ["IMP-32"] = Recommendation("IMP-32"),
            ["IMP-40"] = Recommendation("IMP-40", "PIR-2027-0008"),
            ["IMP-41"] = Recommendation("IMP-41", null),
        }.ToImmutableDictionary(),
    };
}
