using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Reviews;

/// <summary>A review was not approved or returned in time, or not closed.</summary>
public sealed class ReviewStepDue() : DeadlineCommand<MarkReviewStepOverdue>(ReviewDeadlines.ReviewStepDue, due => new(due.Generation));

public static class MarkReviewStepOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkReviewStepOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, MarkReviewStepOverdue>(order, cancellation);
}
