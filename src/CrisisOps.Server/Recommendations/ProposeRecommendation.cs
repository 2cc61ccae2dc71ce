using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Recommendations;

public static class ProposeRecommendationEndpoint
{
    [WolverinePost("/v1/recommendations")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<ImprovementRecommendation, ProposeRecommendation>(http);
}

public sealed class ProposeRecommendationValidator : AbstractValidator<ProposeRecommendation>
{
    public ProposeRecommendationValidator()
    {
        RuleFor(c => c.Problem).Text(10_000);
        RuleFor(c => c.Proposal).Text(10_000);
        RuleFor(c => c.ReviewKey).OptionalText(200);
        RuleFor(c => c.EscalationKey).OptionalText(200);
        RuleFor(c => c.Evidence).ChildRules(part =>
        {
            part.RuleFor(p => p!.Query).Text(10_000);
            part.RuleFor(p => p!.Values).Must(values => values.Count <= 100 && values.All(v => v.Name is { Length: > 0 and <= 300 })).WithMessage("at most 100 values, each with a name of 1 to 300 characters");
        }).When(c => c.Evidence is not null);
        RuleFor(c => c.Metric).ChildRules(part =>
        {
            part.RuleFor(p => p!.Name).Text(300);
        }).When(c => c.Metric is not null);
        RuleFor(c => c.Title).OptionalText(300);
        RuleFor(c => c.Region).Regions();
    }
}

public static class ProposeRecommendationHandler
{
    public static Task<Reply> Handle(Order<ProposeRecommendation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, ProposeRecommendation>(order, cancellation);
}
