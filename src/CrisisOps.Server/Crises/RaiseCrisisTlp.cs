using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class RaiseCrisisTlpEndpoint
{
    [WolverinePost("/v1/crises/{key}/raise-tlp")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, RaiseCrisisTlp>(http, key);
}

public sealed class RaiseCrisisTlpValidator : AbstractValidator<RaiseCrisisTlp>
{
    public RaiseCrisisTlpValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RaiseCrisisTlpHandler
{
    public static Task<Reply> Handle(Order<RaiseCrisisTlp> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, RaiseCrisisTlp>(order, cancellation);
}
