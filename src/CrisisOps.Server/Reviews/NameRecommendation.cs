using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class NameRecommendationEndpoint
{
    [WolverinePost("/v1/reviews/{key}/name-recommendation")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, NameRecommendation>(http, key);
}

public sealed class NameRecommendationValidator : AbstractValidator<NameRecommendation>
{
    public NameRecommendationValidator() => RuleFor(c => c.RecommendationKey).Text(200);
}

public static class NameRecommendationHandler
{
    public static Task<Reply> Handle(Order<NameRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, NameRecommendation>(order, cancellation);
}
