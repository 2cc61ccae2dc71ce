using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>Deadlines of a recommendation, derived from its state.</summary>
public static class RecommendationDeadlines
{
    /// <summary>It is implemented by then; while it is deferred, it is looked at again then.</summary>
    public const string RecommendationDue = "RecommendationDue";

    public static IEnumerable<Deadline> Of(ImprovementRecommendation state) =>
        state is { Stage: RecommendationState.Accepted or RecommendationState.InProgress or RecommendationState.Deferred, DueAt: { } due }
            ? [new Deadline(RecommendationDue, "", state.DueGeneration, due, state.Owner) { Missed = state.Overdue }]
            : [];
}
