using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class AssignRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations/{key}/assign")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, AssignRecommendation>(http, key);
}

public sealed class AssignRecommendationValidator : AbstractValidator<AssignRecommendation>
{
    public AssignRecommendationValidator()
    {
        RuleFor(c => c.Owner).Text(200);
        RuleFor(c => c.DueAt).Instant();
    }
}

public static class AssignRecommendationHandler
{
    public static Task<Reply> Handle(Order<AssignRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, AssignRecommendation>(order, cancellation);
}
