using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class DismissRiskEndpoint
{
    [WolverinePost("/v1/risks/{key}/dismiss")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, DismissRisk>(http, key);
}

public sealed class DismissRiskValidator : AbstractValidator<DismissRisk>
{
    public DismissRiskValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class DismissRiskHandler
{
    public static Task<Reply> Handle(Order<DismissRisk> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, DismissRisk>(order, cancellation);
}
