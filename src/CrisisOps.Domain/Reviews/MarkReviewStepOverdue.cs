using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Nobody approved or returned what was submitted, or nobody closed what was approved. A timer of an older generation does nothing.</summary>
public sealed record MarkReviewStepOverdue(int Generation) : Command, IReviewCommand<MarkReviewStepOverdue>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = new("mark-step-overdue", ReviewGivers.Rules, _ => true);

    public static Ruling Decide(MarkReviewStepOverdue command, PostIncidentReview state, DecisionContext context) =>
        ReviewDeadlines.Of(state).SingleOrDefault() is { Kind: ReviewDeadlines.ReviewStepDue, Missed: false } due && due.Generation == command.Generation && due.DueAt <= context.Now
            ? Ruling.Accept(new ReviewStepOverdue(due.DueAt))
            : Ruling.Refuse("deadline-current", "The step was taken, or it is not due.");

    public static IEnumerable<MarkReviewStepOverdue> Samples(PostIncidentReview state, DecisionContext context) => [];
}

public sealed record ReviewStepOverdue(DateTimeOffset DueAt) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { StepOverdue = true };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var headline = $"The {(after.Stage == ReviewState.InReview ? "approval" : "closing")} of the review is overdue since {DueAt:yyyy-MM-dd HH:mm}Z";
        return new Entry(EntryKind.Clock, headline).ToCrossFunctional().ToExecutive(headline);
    }
}
