using CrisisOps.Domain.Reviews;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Reviews;

public static class FreezeTimelineEndpoint
{
    [WolverinePost("/v1/reviews/{key}/freeze-timeline")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<PostIncidentReview, FreezeTimeline>(http, key);
}

public sealed class FreezeTimelineValidator : AbstractValidator<FreezeTimeline>
{
    public FreezeTimelineValidator() => RuleFor(c => c.AsOf).Instant();
}

public static class FreezeTimelineHandler
{
    public static Task<Reply> Handle(Order<FreezeTimeline> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<PostIncidentReview, FreezeTimeline>(order, cancellation);
}
