using CrisisOps.Domain.Crises;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

public static class MarkNotificationsResumedHandler
{
    public static Task<Reply> Handle(Order<MarkNotificationsResumed> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MarkNotificationsResumed>(order, cancellation);
}
