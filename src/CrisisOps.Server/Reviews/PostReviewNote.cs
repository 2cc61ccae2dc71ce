using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class PostReviewNoteEndpoint
{
    [WolverinePost("/v1/reviews/{key}/post-note")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, PostReviewNote>(http, key);
}

public sealed class PostReviewNoteValidator : AbstractValidator<PostReviewNote>
{
    public PostReviewNoteValidator() => RuleFor(c => c.Text).Text(10_000);
}

public static class PostReviewNoteHandler
{
    public static Task<Reply> Handle(Order<PostReviewNote> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, PostReviewNote>(order, cancellation);
}
