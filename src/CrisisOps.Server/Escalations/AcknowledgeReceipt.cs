using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class AcknowledgeReceiptEndpoint
{
    [WolverinePost("/v1/escalations/{key}/acknowledge-receipt")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, AcknowledgeReceipt>(http, key);
}

public static class AcknowledgeReceiptHandler
{
    public static Task<Reply> Handle(Order<AcknowledgeReceipt> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, AcknowledgeReceipt>(order, cancellation);
}
