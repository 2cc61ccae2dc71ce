using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class RevokeKeyEndpoint
{
    [WolverinePost("/v1/sources/{key}/revoke-key")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, RevokeKey>(http, key);
}

public sealed class RevokeKeyValidator : AbstractValidator<RevokeKey>
{
    public RevokeKeyValidator() => RuleFor(c => c.KeyId).Text(20);
}

public static class RevokeKeyHandler
{
    public static Task<Reply> Handle(Order<RevokeKey> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, RevokeKey>(order, cancellation);
}
