using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class EscalateRiskEndpoint
{
    [WolverinePost("/v1/risks/{key}/escalate")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, EscalateRisk>(http, key);
}

public sealed class EscalateRiskValidator : AbstractValidator<EscalateRisk>
{
    public EscalateRiskValidator()
    {
        RuleFor(c => c.EscalationKey).OptionalText(200);
        RuleFor(c => c.CrisisKey).OptionalText(200);
    }
}

public static class EscalateRiskHandler
{
    public static Task<Reply> Handle(Order<EscalateRisk> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, EscalateRisk>(order, cancellation);
}
