using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>Its owner begins.</summary>
public sealed record StartRecommendation(string? Note = null) : Command, IRecommendationCommand<StartRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = RecommendationGivers.Rule("start", RecommendationGivers.Owners, RecommendationState.Accepted);

    public static Ruling Decide(StartRecommendation command, ImprovementRecommendation state, DecisionContext context) =>
        RecommendationGivers.Owner(state, context) ?? Ruling.Accept(new RecommendationStarted(command.Note));

    public static IEnumerable<StartRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) => [new("Two people are asked for.")];
}

public sealed record RecommendationStarted(string? Note) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) => state with { Stage = RecommendationState.InProgress };

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        new Entry(EntryKind.Review, "Work has begun", Note).ToCrossFunctional();
}
