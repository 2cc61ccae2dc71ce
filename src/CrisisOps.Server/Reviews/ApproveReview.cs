using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class ApproveReviewEndpoint
{
    [WolverinePost("/v1/reviews/{key}/approve")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, ApproveReview>(http, key);
}

public sealed class ApproveReviewValidator : AbstractValidator<ApproveReview>
{
    public ApproveReviewValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class ApproveReviewHandler
{
    public static Task<Reply> Handle(Order<ApproveReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, ApproveReview>(order, cancellation);
}
