using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Reviews;

public static class SuspendReviewHandler
{
    public static Task<Reply> Handle(Order<SuspendReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, SuspendReview>(order, cancellation);
}
