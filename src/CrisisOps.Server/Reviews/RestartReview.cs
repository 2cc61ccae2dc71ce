using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Reviews;

public static class RestartReviewHandler
{
    public static Task<Reply> Handle(Order<RestartReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, RestartReview>(order, cancellation);
}
