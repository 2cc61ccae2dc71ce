using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class ReturnReviewEndpoint
{
    [WolverinePost("/v1/reviews/{key}/return")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, ReturnReview>(http, key);
}

public sealed class ReturnReviewValidator : AbstractValidator<ReturnReview>
{
    public ReturnReviewValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class ReturnReviewHandler
{
    public static Task<Reply> Handle(Order<ReturnReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, ReturnReview>(order, cancellation);
}
