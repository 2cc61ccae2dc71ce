using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AssumeCommandEndpoint
{
    [WolverinePost("/v1/crises/{key}/assume-command")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AssumeCommand>(http, key);
}

public sealed class AssumeCommandValidator : AbstractValidator<AssumeCommand>
{
    public AssumeCommandValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class AssumeCommandHandler
{
    public static Task<Reply> Handle(Order<AssumeCommand> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AssumeCommand>(order, cancellation);
}
