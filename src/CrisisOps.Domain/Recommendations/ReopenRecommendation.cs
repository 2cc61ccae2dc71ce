using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>Takes up again what was put off or rejected: a proposal anew, which somebody has to take on.</summary>
public sealed record ReopenRecommendation(string Reason) : Command, IRecommendationCommand<ReopenRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } =
        RecommendationGivers.Rule("reopen", RecommendationGivers.Leads, RecommendationState.Deferred, RecommendationState.Rejected);

    public static Ruling Decide(ReopenRecommendation command, ImprovementRecommendation state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Reason)
        ? Ruling.Refuse("reason-given", "Say in reason what has changed.")
        : Ruling.Accept(new RecommendationReopened(command.Reason, context.Now + context.Rules.Recommendations.DecidedWithin));

    public static IEnumerable<ReopenRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) => [new("It happened again.")];
}

/// <param name="DecideBy">When somebody has to have accepted, deferred or rejected it.</param>
public sealed record RecommendationReopened(string Reason, DateTimeOffset? DecideBy = null) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) =>
        (state with { Stage = RecommendationState.Proposed, Owner = null, EndedAt = null }).WithDue(DecideBy);

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        new Entry(EntryKind.Review, "Taken up again", Reason).ToCrossFunctional();
}
