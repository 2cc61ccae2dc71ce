using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class VerifyRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/verify")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, VerifyRecommendation>(http, key);
}

public sealed class VerifyRecommendationValidator : AbstractValidator<VerifyRecommendation>
{
    public VerifyRecommendationValidator() => RuleFor(c => c.MeasuredAt).Instant();
}

public static class VerifyRecommendationHandler
{
    public static Task<Reply> Handle(Order<VerifyRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, VerifyRecommendation>(order, cancellation);
}
