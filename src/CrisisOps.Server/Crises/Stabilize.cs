using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class StabilizeEndpoint
{
    [WolverinePost("/v1/crises/{key}/stabilize")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, Stabilize>(http, key);
}

public sealed class StabilizeValidator : AbstractValidator<Stabilize>
{
    public StabilizeValidator() => RuleFor(c => c.ExitIndicators).Texts(100, 10_000);
}

public static class StabilizeHandler
{
    public static Task<Reply> Handle(Order<Stabilize> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, Stabilize>(order, cancellation);
}
