using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class DisableEndpointEndpoint
{
    [WolverinePost("/v1/partners/{key}/disable-endpoint")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, DisableEndpoint>(http, key);
}

public sealed class DisableEndpointValidator : AbstractValidator<DisableEndpoint>
{
    public DisableEndpointValidator()
    {
        RuleFor(c => c.EndpointId).Text(20);
        RuleFor(c => c.Reason).Text(1_000);
    }
}

public static class DisableEndpointHandler
{
    public static Task<Reply> Handle(Order<DisableEndpoint> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, DisableEndpoint>(order, cancellation);
}
