using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class RemoveEndpointEndpoint
{
    [WolverinePost("/v1/partners/{key}/remove-endpoint")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, RemoveEndpoint>(http, key);
}

public sealed class RemoveEndpointValidator : AbstractValidator<RemoveEndpoint>
{
    public RemoveEndpointValidator() => RuleFor(c => c.EndpointId).Text(20);
}

public static class RemoveEndpointHandler
{
    public static Task<Reply> Handle(Order<RemoveEndpoint> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, RemoveEndpoint>(order, cancellation);
}
