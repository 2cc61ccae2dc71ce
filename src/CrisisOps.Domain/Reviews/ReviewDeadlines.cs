using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Deadlines of a review, derived from its state.</summary>
public static class ReviewDeadlines
{
    /// <summary>The meeting is held by then: within 3 days of a Level1, within 5 business days of any other (domain §2.10).</summary>
    public const string ReviewDue = "ReviewDue";

    /// <summary>What was submitted is approved or returned by then, and what was approved is closed.</summary>
    public const string ReviewStepDue = "ReviewStepDue";

    public static IEnumerable<Deadline> Of(PostIncidentReview state) => state switch
    {
        { Stage: ReviewState.Draft, Met: false, DueAt: { } due } => [new Deadline(ReviewDue, "", state.DueGeneration, due, state.Owner) { Missed = state.Overdue }],
        // A lead approves it, and which of them is not said; its owner closes it.
        { Stage: ReviewState.InReview or ReviewState.Reviewed, DueAt: not null, StepDueAt: { } due } =>
            [new Deadline(ReviewStepDue, "", state.StepGeneration, due, state.Stage == ReviewState.Reviewed ? state.Owner : null) { Missed = state.StepOverdue }],
        _ => [],
    };
}
