using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ApproveTlpLoweringEndpoint
{
    [WolverinePost("/v1/escalations/{key}/approve-tlp-lowering")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ApproveTlpLowering>(http, key);
}

public static class ApproveTlpLoweringHandler
{
    public static Task<Reply> Handle(Order<ApproveTlpLowering> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ApproveTlpLowering>(order, cancellation);
}
