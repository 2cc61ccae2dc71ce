using CrisisOps.Domain.Crises;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

public static class OpenReviewHandler
{
    public static Task<Reply> Handle(Order<OpenReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, OpenReview>(order, cancellation);
}
