using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class UndoTlpRaiseEndpoint
{
    [WolverinePost("/v1/escalations/{key}/undo-tlp-raise")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, UndoTlpRaise>(http, key);
}

public static class UndoTlpRaiseHandler
{
    public static Task<Reply> Handle(Order<UndoTlpRaise> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, UndoTlpRaise>(order, cancellation);
}
