using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class PublishReviewEndpoint
{
    [WolverinePost("/v1/reviews/{key}/publish")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, PublishReview>(http, key);
}

public sealed class PublishReviewValidator : AbstractValidator<PublishReview>
{
    public PublishReviewValidator() => RuleFor(c => c.Summary).Text(10_000);
}

public static class PublishReviewHandler
{
    public static Task<Reply> Handle(Order<PublishReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, PublishReview>(order, cancellation);
}
