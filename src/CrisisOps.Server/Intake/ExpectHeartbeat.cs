using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class ExpectHeartbeatEndpoint
{
    [WolverinePost("/v1/sources/{key}/expect-heartbeat")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, ExpectHeartbeat>(http, key);
}

public static class ExpectHeartbeatHandler
{
    public static Task<Reply> Handle(Order<ExpectHeartbeat> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, ExpectHeartbeat>(order, cancellation);
}
