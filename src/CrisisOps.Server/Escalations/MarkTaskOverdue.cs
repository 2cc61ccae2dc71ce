using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

public static class MarkTaskOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkTaskOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, MarkTaskOverdue>(order, cancellation);
}
