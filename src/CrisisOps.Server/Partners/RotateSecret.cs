using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class RotateSecretEndpoint
{
    [WolverinePost("/v1/partners/{key}/rotate-secret")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, RotateSecret>(http, key);
}

public sealed class RotateSecretValidator : AbstractValidator<RotateSecret>
{
    public RotateSecretValidator() => RuleFor(c => c.EndpointId).Text(20);
}

public static class RotateSecretHandler
{
    public static Task<Reply> Handle(Order<RotateSecret> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, RotateSecret>(order, cancellation);
}
