using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class RotateKeyEndpoint
{
    [WolverinePost("/v1/sources/{key}/rotate-key")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus, KeyHandout keys) =>
        bus.Take<AlertSource, RotateKey>(http, key, (command, give) => keys.Give(http, key, hash => give(command.Hashed(hash))));
}

public sealed class RotateKeyValidator : AbstractValidator<RotateKey>
{
    public RotateKeyValidator() => RuleFor(c => c.KeyId).Text(20);
}

public static class RotateKeyHandler
{
    public static Task<Reply> Handle(Order<RotateKey> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, RotateKey>(order, cancellation);
}
