using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class AssessRiskEndpoint
{
    [WolverinePost("/v1/risks/{key}/assess")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, AssessRisk>(http, key);
}

public sealed class AssessRiskValidator : AbstractValidator<AssessRisk>
{
    public AssessRiskValidator()
    {
        RuleFor(c => c.Rationale).OptionalText(10_000);
        RuleFor(c => c.ReviewAt).Instant();
    }
}

public static class AssessRiskHandler
{
    public static Task<Reply> Handle(Order<AssessRisk> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, AssessRisk>(order, cancellation);
}
