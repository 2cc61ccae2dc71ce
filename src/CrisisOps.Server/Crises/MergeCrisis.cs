using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class MergeCrisisEndpoint
{
    [WolverinePost("/v1/crises/{key}/merge")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, MergeCrisis>(http, key);
}

public sealed class MergeCrisisValidator : AbstractValidator<MergeCrisis>
{
    public MergeCrisisValidator() => RuleFor(c => c.Into).Text(200);
}

public static class MergeCrisisHandler
{
    public static Task<Reply> Handle(Order<MergeCrisis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MergeCrisis>(order, cancellation);
}
