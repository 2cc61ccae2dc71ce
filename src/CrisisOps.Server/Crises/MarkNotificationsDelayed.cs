using CrisisOps.Domain.Crises;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

public static class MarkNotificationsDelayedHandler
{
    public static Task<Reply> Handle(Order<MarkNotificationsDelayed> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MarkNotificationsDelayed>(order, cancellation);
}
