using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class ImplementRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/implement")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, ImplementRecommendation>(http, key);
}

public sealed class ImplementRecommendationValidator : AbstractValidator<ImplementRecommendation>
{
    public ImplementRecommendationValidator() => RuleFor(c => c.What).OptionalText(10_000);
}

public static class ImplementRecommendationHandler
{
    public static Task<Reply> Handle(Order<ImplementRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, ImplementRecommendation>(order, cancellation);
}
