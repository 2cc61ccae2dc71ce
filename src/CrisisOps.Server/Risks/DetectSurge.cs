using CrisisOps.Domain.Risks;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Risks;

public static class DetectSurgeHandler
{
    public static Task<Reply> Handle(Order<DetectSurge> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, DetectSurge>(order, cancellation);
}
