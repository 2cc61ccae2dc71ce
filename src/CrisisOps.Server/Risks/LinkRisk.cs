using CrisisOps.Domain.Risks;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Risks;

public static class LinkRiskHandler
{
    public static Task<Reply> Handle(Order<LinkRisk> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, LinkRisk>(order, cancellation);
}
