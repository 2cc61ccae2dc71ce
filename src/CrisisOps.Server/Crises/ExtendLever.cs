using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ExtendLeverEndpoint
{
    [WolverinePost("/v1/crises/{key}/extend-lever")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ExtendLever>(http, key);
}

public sealed class ExtendLeverValidator : AbstractValidator<ExtendLever>
{
    public ExtendLeverValidator()
    {
        RuleFor(c => c.LeverId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class ExtendLeverHandler
{
    public static Task<Reply> Handle(Order<ExtendLever> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ExtendLever>(order, cancellation);
}
