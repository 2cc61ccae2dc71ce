using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class OpenReviewEndpoint
{
    [WolverinePost("/v1/crises/{key}/open-review")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, OpenReview>(http, key);
}

public sealed class OpenReviewValidator : AbstractValidator<OpenReview>
{
    public OpenReviewValidator() => RuleFor(c => c.Owner).Text(200);
}

public static class OpenReviewHandler
{
    public static Task<Reply> Handle(Order<OpenReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, OpenReview>(order, cancellation);
}
