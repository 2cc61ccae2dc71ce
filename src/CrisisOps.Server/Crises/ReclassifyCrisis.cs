using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ReclassifyCrisisEndpoint
{
    [WolverinePost("/v1/crises/{key}/reclassify-crisis")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ReclassifyCrisis>(http, key);
}

public sealed class ReclassifyCrisisValidator : AbstractValidator<ReclassifyCrisis>
{
    public ReclassifyCrisisValidator()
    {
        RuleFor(c => c.Region).Regions();
        RuleFor(c => c.Languages).Languages();
    }
}

public static class ReclassifyCrisisHandler
{
    public static Task<Reply> Handle(Order<ReclassifyCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ReclassifyCrisis>(order, cancellation);
}
