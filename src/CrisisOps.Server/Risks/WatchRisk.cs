using CrisisOps.Domain.Risks;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Risks;

public static class WatchRiskEndpoint
{
    [WolverinePost("/v1/risks/{key}/watch")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<RiskSignal, WatchRisk>(http, key);
}

public sealed class WatchRiskValidator : AbstractValidator<WatchRisk>
{
    public WatchRiskValidator() => RuleFor(c => c.ReviewAt).Instant();
}

public static class WatchRiskHandler
{
    public static Task<Reply> Handle(Order<WatchRisk> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, WatchRisk>(order, cancellation);
}
