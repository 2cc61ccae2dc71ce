using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class CloseCrisisEndpoint
{
    [WolverinePost("/v1/crises/{key}/close")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, CloseCrisis>(http, key);
}

public sealed class CloseCrisisValidator : AbstractValidator<CloseCrisis>
{
    public CloseCrisisValidator()
    {
        RuleFor(c => c.HoldDecision).Text(10_000);
        RuleFor(c => c.Recommendations).Texts(100, 200);
    }
}

public static class CloseCrisisHandler
{
    public static Task<Reply> Handle(Order<CloseCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, CloseCrisis>(order, cancellation);
}
