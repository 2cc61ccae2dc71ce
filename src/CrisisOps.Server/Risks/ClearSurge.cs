using CrisisOps.Domain.Risks;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Risks;

public static class ClearSurgeHandler
{
    public static Task<Reply> Handle(Order<ClearSurge> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, ClearSurge>(order, cancellation);
}
