using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class AcceptRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/accept")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, AcceptRecommendation>(http, key);
}

public sealed class AcceptRecommendationValidator : AbstractValidator<AcceptRecommendation>
{
    public AcceptRecommendationValidator()
    {
        RuleFor(c => c.Owner).Text(200);
        RuleFor(c => c.DueAt).Instant();
        RuleFor(c => c.Metric).ChildRules(part =>
        {
            part.RuleFor(p => p!.Name).Text(300);
        }).When(c => c.Metric is not null);
    }
}

public static class AcceptRecommendationHandler
{
    public static Task<Reply> Handle(Order<AcceptRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, AcceptRecommendation>(order, cancellation);
}
