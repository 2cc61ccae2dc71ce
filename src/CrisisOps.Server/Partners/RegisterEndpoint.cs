using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class RegisterEndpointEndpoint
{
    [WolverinePost("/v1/partners/{key}/register-endpoint")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, RegisterEndpoint>(http, key);
}

public sealed class RegisterEndpointValidator : AbstractValidator<RegisterEndpoint>
{
    public RegisterEndpointValidator() => RuleFor(c => c.Address).Text(2_000);
}

public static class RegisterEndpointHandler
{
    public static Task<Reply> Handle(Order<RegisterEndpoint> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, RegisterEndpoint>(order, cancellation);
}
