using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class ReopenRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/reopen")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, ReopenRecommendation>(http, key);
}

public sealed class ReopenRecommendationValidator : AbstractValidator<ReopenRecommendation>
{
    public ReopenRecommendationValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class ReopenRecommendationHandler
{
    public static Task<Reply> Handle(Order<ReopenRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, ReopenRecommendation>(order, cancellation);
}
