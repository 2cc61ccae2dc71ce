using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class ReassignReviewEndpoint
{
    [WolverinePost("/v1/reviews/{key}/reassign")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, ReassignReview>(http, key);
}

public sealed class ReassignReviewValidator : AbstractValidator<ReassignReview>
{
    public ReassignReviewValidator()
    {
        RuleFor(c => c.Owner).Text(200);
        RuleFor(c => c.Reason).OptionalText(10_000);
    }
}

public static class ReassignReviewHandler
{
    public static Task<Reply> Handle(Order<ReassignReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, ReassignReview>(order, cancellation);
}
