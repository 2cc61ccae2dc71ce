using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class ProposeCrisisOfRiskEndpoint
{
    [WolverinePost("/v1/risks/{key}/propose-crisis")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, ProposeCrisisOfRisk>(http, key);
}

public sealed class ProposeCrisisOfRiskValidator : AbstractValidator<ProposeCrisisOfRisk>
{
    public ProposeCrisisOfRiskValidator()
    {
        RuleFor(c => c.Summary).OptionalText(10_000);
        RuleFor(c => c.With).OptionalText(200);
    }
}

public static class ProposeCrisisOfRiskHandler
{
    public static Task<Reply> Handle(Order<ProposeCrisisOfRisk> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, ProposeCrisisOfRisk>(order, cancellation);
}
