using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class DeferRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/defer")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, DeferRecommendation>(http, key);
}

public sealed class DeferRecommendationValidator : AbstractValidator<DeferRecommendation>
{
    public DeferRecommendationValidator()
    {
        RuleFor(c => c.Until).Instant();
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class DeferRecommendationHandler
{
    public static Task<Reply> Handle(Order<DeferRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, DeferRecommendation>(order, cancellation);
}
