using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class TransferCommandEndpoint
{
    [WolverinePost("/v1/crises/{key}/transfer-command")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, TransferCommand>(http, key);
}

public sealed class TransferCommandValidator : AbstractValidator<TransferCommand>
{
    public TransferCommandValidator()
    {
        RuleFor(c => c.To).Text(200);
        RuleFor(c => c.BriefingRef).Text(200);
    }
}

public static class TransferCommandHandler
{
    public static Task<Reply> Handle(Order<TransferCommand> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, TransferCommand>(order, cancellation);
}
