using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class StartRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/start")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, StartRecommendation>(http, key);
}

public sealed class StartRecommendationValidator : AbstractValidator<StartRecommendation>
{
    public StartRecommendationValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class StartRecommendationHandler
{
    public static Task<Reply> Handle(Order<StartRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, StartRecommendation>(order, cancellation);
}
