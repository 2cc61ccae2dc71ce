using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class StandDownEndpoint
{
    [WolverinePost("/v1/crises/{key}/stand-down")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, StandDown>(http, key);
}

public sealed class StandDownValidator : AbstractValidator<StandDown>
{
    public StandDownValidator()
    {
        RuleFor(c => c.Reason).OptionalText(10_000);
        RuleFor(c => c.KeptLevers).Texts(100, 200);
    }
}

public static class StandDownHandler
{
    public static Task<Reply> Handle(Order<StandDown> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, StandDown>(order, cancellation);
}
