using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class GradeSignalEndpoint
{
    [WolverinePost("/v1/risks/{key}/grade")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, GradeSignal>(http, key);
}

public sealed class GradeSignalValidator : AbstractValidator<GradeSignal>
{
    public GradeSignalValidator() => RuleFor(c => c.Reason).OptionalText(10_000);
}

public static class GradeSignalHandler
{
    public static Task<Reply> Handle(Order<GradeSignal> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, GradeSignal>(order, cancellation);
}
