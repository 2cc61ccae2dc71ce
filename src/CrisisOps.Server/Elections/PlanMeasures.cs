using CrisisOps.Domain.Elections;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class PlanMeasuresEndpoint
{
    [WolverinePost("/v1/elections/{key}/plan-measures")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, PlanMeasures>(http, key);
}

public sealed class PlanMeasuresValidator : AbstractValidator<PlanMeasures>
{
    public PlanMeasuresValidator() => RuleFor(c => c.Measures).Plan();
}

public static class PlanMeasuresHandler
{
    public static Task<Reply> Handle(Order<PlanMeasures> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, PlanMeasures>(order, cancellation);
}
