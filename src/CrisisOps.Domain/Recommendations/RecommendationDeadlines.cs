using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>Deadlines of a recommendation, derived from its state.</summary>
public static class RecommendationDeadlines
{
    /// <summary>
    /// A proposal is decided by then, what was accepted is implemented, what was implemented is measured, and what was deferred is looked at again.
    /// </summary>
    public const string RecommendationDue = "RecommendationDue";

    public static IEnumerable<Deadline> Of(ImprovementRecommendation state) =>
        state is { Stage: not (RecommendationState.Verified or RecommendationState.Rejected), DueAt: { } due }
            ? [new Deadline(RecommendationDue, "", state.DueGeneration, due, state.Owner) { Missed = state.Overdue }]
            : [];
}
