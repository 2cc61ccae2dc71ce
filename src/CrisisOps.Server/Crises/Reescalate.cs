using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ReescalateEndpoint
{
    [WolverinePost("/v1/crises/{key}/reescalate")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, Reescalate>(http, key);
}

public sealed class ReescalateValidator : AbstractValidator<Reescalate>
{
    public ReescalateValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class ReescalateHandler
{
    public static Task<Reply> Handle(Order<Reescalate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, Reescalate>(order, cancellation);
}
