using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class DeactivateLeverEndpoint
{
    [WolverinePost("/v1/crises/{key}/deactivate-lever")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, DeactivateLever>(http, key);
}

public sealed class DeactivateLeverValidator : AbstractValidator<DeactivateLever>
{
    public DeactivateLeverValidator()
    {
        RuleFor(c => c.LeverId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class DeactivateLeverHandler
{
    public static Task<Reply> Handle(Order<DeactivateLever> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, DeactivateLever>(order, cancellation);
}
