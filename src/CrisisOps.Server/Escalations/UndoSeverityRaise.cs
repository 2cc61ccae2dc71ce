using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class UndoSeverityRaiseEndpoint
{
    [WolverinePost("/v1/escalations/{key}/undo-severity-raise")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, UndoSeverityRaise>(http, key);
}

public static class UndoSeverityRaiseHandler
{
    public static Task<Reply> Handle(Order<UndoSeverityRaise> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, UndoSeverityRaise>(order, cancellation);
}
