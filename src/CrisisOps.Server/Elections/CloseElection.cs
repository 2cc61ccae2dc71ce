using CrisisOps.Domain.Elections;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class CloseElectionEndpoint
{
    [WolverinePost("/v1/elections/{key}/close")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, CloseElection>(http, key);
}

public static class CloseElectionHandler
{
    public static Task<Reply> Handle(Order<CloseElection> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, CloseElection>(order, cancellation);
}
