using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Reviews;

/// <summary>The meeting of a review was not held in time.</summary>
public sealed class ReviewDue() : DeadlineCommand<MarkReviewOverdue>(ReviewDeadlines.ReviewDue, due => new(due.Generation));

public static class MarkReviewOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkReviewOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, MarkReviewOverdue>(order, cancellation);
}
