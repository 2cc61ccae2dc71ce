using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class ScheduleReviewEndpoint
{
    [WolverinePost("/v1/reviews/{key}/schedule")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, ScheduleReview>(http, key);
}

public sealed class ScheduleReviewValidator : AbstractValidator<ScheduleReview>
{
    public ScheduleReviewValidator() => RuleFor(c => c.MeetingAt).Instant();
}

public static class ScheduleReviewHandler
{
    public static Task<Reply> Handle(Order<ScheduleReview> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, ScheduleReview>(order, cancellation);
}
