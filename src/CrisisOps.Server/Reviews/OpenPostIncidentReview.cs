using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class OpenPostIncidentReviewEndpoint
{
    [WolverinePost("/v1/reviews")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, OpenPostIncidentReview>(http);
}

public sealed class OpenPostIncidentReviewValidator : AbstractValidator<OpenPostIncidentReview>
{
    public OpenPostIncidentReviewValidator()
    {
        RuleFor(c => c.CrisisKey).Text(200);
        RuleFor(c => c.Owner).Text(200);
        RuleFor(c => c.DueAt).Instant();
        RuleFor(c => c.Title).OptionalText(300);
        RuleFor(c => c.Region).Regions();
    }
}

public static class OpenPostIncidentReviewHandler
{
    public static Task<Reply> Handle(Order<OpenPostIncidentReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, OpenPostIncidentReview>(order, cancellation);
}
