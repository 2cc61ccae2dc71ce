using CrisisOps.Domain.Crises;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ReleaseHoldingLineEndpoint
{
    [WolverinePost("/v1/crises/{key}/release-holding-line")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ReleaseHoldingLine>(http, key);
}

public static class ReleaseHoldingLineHandler
{
    public static Task<Reply> Handle(Order<ReleaseHoldingLine> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ReleaseHoldingLine>(order, cancellation);
}
