using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class LiftMeasureEndpoint
{
    [WolverinePost("/v1/elections/{key}/lift-measure")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, LiftMeasure>(http, key);
}

public sealed class LiftMeasureValidator : AbstractValidator<LiftMeasure>
{
    public LiftMeasureValidator()
    {
        RuleFor(c => c.MeasureId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class LiftMeasureHandler
{
    public static Task<Reply> Handle(Order<LiftMeasure> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, LiftMeasure>(order, cancellation);
}
