using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class ActivateMeasureEndpoint
{
    [WolverinePost("/v1/elections/{key}/activate-measure")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, ActivateMeasure>(http, key);
}

public sealed class ActivateMeasureValidator : AbstractValidator<ActivateMeasure>
{
    public ActivateMeasureValidator()
    {
        RuleFor(c => c.Region).Place();
        RuleFor(c => c.ExpiresAt).Instant();
    }
}

public static class ActivateMeasureHandler
{
    public static Task<Reply> Handle(Order<ActivateMeasure> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, ActivateMeasure>(order, cancellation);
}
