using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class CloseReviewEndpoint
{
    [WolverinePost("/v1/reviews/{key}/close")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, CloseReview>(http, key);
}

public sealed class CloseReviewValidator : AbstractValidator<CloseReview>
{
    public CloseReviewValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class CloseReviewHandler
{
    public static Task<Reply> Handle(Order<CloseReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, CloseReview>(order, cancellation);
}
