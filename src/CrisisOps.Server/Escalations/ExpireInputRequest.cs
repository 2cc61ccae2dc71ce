using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

public static class ExpireInputRequestHandler
{
    public static Task<Reply> Handle(Order<ExpireInputRequest> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ExpireInputRequest>(order, cancellation);
}
