using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ActivateLeverEndpoint
{
    [WolverinePost("/v1/crises/{key}/activate-lever")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ActivateLever>(http, key);
}

public sealed class ActivateLeverValidator : AbstractValidator<ActivateLever>
{
    public ActivateLeverValidator()
    {
        RuleFor(c => c.Scope).Text(300);
        RuleFor(c => c.Owner).OptionalText(200);
        RuleFor(c => c.RightsNote).OptionalText(10_000);
    }
}

public static class ActivateLeverHandler
{
    public static Task<Reply> Handle(Order<ActivateLever> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ActivateLever>(order, cancellation);
}
