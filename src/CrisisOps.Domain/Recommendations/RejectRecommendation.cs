using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>A duty lead decides that it is not done, and says why.</summary>
public sealed record RejectRecommendation(string Reason) : Command, IRecommendationCommand<RejectRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = RecommendationGivers.Rule(
        "reject", RecommendationGivers.Leads, RecommendationState.Proposed, RecommendationState.Accepted, RecommendationState.InProgress, RecommendationState.Deferred);

    public static Ruling Decide(RejectRecommendation command, ImprovementRecommendation state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Reason)
        ? Ruling.Refuse("reason-given", "Say in reason why it is not done.")
        : Ruling.Accept(new RecommendationRejected(command.Reason));

    public static IEnumerable<RejectRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) => [new("Costs more than it saves.")];
}

public sealed record RecommendationRejected(string Reason) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) =>
        (state with { Stage = RecommendationState.Rejected, EndedAt = stamp.RecordedAt }).WithDue(null);

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        new Entry(EntryKind.Review, "Rejected", Reason).ToCrossFunctional().ToExecutive($"Rejected: {after.Title}", Reason);
}
