using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class CaptureSignalEndpoint
{
    [WolverinePost("/v1/risks")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, CaptureSignal>(http);
}

public sealed class CaptureSignalValidator : AbstractValidator<CaptureSignal>
{
    public CaptureSignalValidator()
    {
        RuleFor(c => c.Summary).Text(300);
        RuleFor(c => c.Origin).Text(200);
        RuleFor(c => c.Narrative).OptionalText(10_000);
        RuleFor(c => c.Region).Regions();
        RuleFor(c => c.Languages).Languages();
    }
}

public static class CaptureSignalHandler
{
    public static Task<Reply> Handle(Order<CaptureSignal> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, CaptureSignal>(order, cancellation);
}
