using CrisisOps.Domain.Partners;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class ActivatePartnerEndpoint
{
    [WolverinePost("/v1/partners/{key}/activate")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, ActivatePartner>(http, key);
}

public static class ActivatePartnerHandler
{
    public static Task<Reply> Handle(Order<ActivatePartner> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, ActivatePartner>(order, cancellation);
}
