using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class VerifyEndpointEndpoint
{
    [WolverinePost("/v1/partners/{key}/verify-endpoint")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, VerifyEndpoint>(http, key);
}

public sealed class VerifyEndpointValidator : AbstractValidator<VerifyEndpoint>
{
    public VerifyEndpointValidator()
    {
        RuleFor(c => c.EndpointId).Text(20);
        RuleFor(c => c.How).Text(1_000);
    }
}

public static class VerifyEndpointHandler
{
    public static Task<Reply> Handle(Order<VerifyEndpoint> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, VerifyEndpoint>(order, cancellation);
}
