using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

public static class ExpireInterimActionHandler
{
    public static Task<Reply> Handle(Order<ExpireInterimAction> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ExpireInterimAction>(order, cancellation);
}
