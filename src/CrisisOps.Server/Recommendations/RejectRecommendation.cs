using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class RejectRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/reject")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, RejectRecommendation>(http, key);
}

public sealed class RejectRecommendationValidator : AbstractValidator<RejectRecommendation>
{
    public RejectRecommendationValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RejectRecommendationHandler
{
    public static Task<Reply> Handle(Order<RejectRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, RejectRecommendation>(order, cancellation);
}
