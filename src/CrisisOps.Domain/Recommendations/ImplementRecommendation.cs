using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>The change is made; whether it helped is measured later. With <c>occurredAt</c> the time counts from when it was made.</summary>
/// <param name="What">What was changed, as far as it differs from the proposal.</param>
public sealed record ImplementRecommendation(string? What = null) : Command, IRecommendationCommand<ImplementRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = RecommendationGivers.Rule("implement", RecommendationGivers.Owners, RecommendationState.InProgress);

    public static Ruling Decide(ImplementRecommendation command, ImprovementRecommendation state, DecisionContext context) =>
        RecommendationGivers.Owner(state, context) ?? Ruling.Accept(
            new RecommendationImplemented(command.What, (command.OccurredAt ?? context.Now) + context.Rules.Recommendations.MeasureAfter + context.Rules.Recommendations.MeasuredWithin));

    public static IEnumerable<ImplementRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) => [new("Three readers are on call.")];
}

/// <param name="MeasureBy">When it has to have been measured whether it helped.</param>
public sealed record RecommendationImplemented(string? What, DateTimeOffset? MeasureBy = null) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) =>
        (state with { Stage = RecommendationState.Implemented, ImplementedAt = stamp.OccurredAt }).WithDue(MeasureBy);

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        new Entry(EntryKind.Review, "Implemented", What).ToCrossFunctional().ToExecutive($"Implemented: {after.Title}");
}
