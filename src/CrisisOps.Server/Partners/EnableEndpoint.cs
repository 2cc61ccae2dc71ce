using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class EnableEndpointEndpoint
{
    [WolverinePost("/v1/partners/{key}/enable-endpoint")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, EnableEndpoint>(http, key);
}

public sealed class EnableEndpointValidator : AbstractValidator<EnableEndpoint>
{
    public EnableEndpointValidator() => RuleFor(c => c.EndpointId).Text(20);
}

public static class EnableEndpointHandler
{
    public static Task<Reply> Handle(Order<EnableEndpoint> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, EnableEndpoint>(order, cancellation);
}
