using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Deadlines of a review, derived from its state.</summary>
public static class ReviewDeadlines
{
    /// <summary>The meeting is held by then: within 3 days of a Level1, within 5 business days of any other (domain §2.10).</summary>
    public const string ReviewDue = "ReviewDue";

    public static IEnumerable<Deadline> Of(PostIncidentReview state) =>
        state is { Stage: ReviewState.Draft, Met: false, DueAt: { } due }
            ? [new Deadline(ReviewDue, "", state.DueGeneration, due, state.Owner) { Missed = state.Overdue }]
            : [];
}
