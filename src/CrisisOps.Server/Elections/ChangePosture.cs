using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class ChangePostureEndpoint
{
    [WolverinePost("/v1/elections/{key}/change-posture")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, ChangePosture>(http, key);
}

public sealed class ChangePostureValidator : AbstractValidator<ChangePosture>
{
    public ChangePostureValidator()
    {
        RuleFor(c => c.PlannedUntil).Instant();
        RuleFor(c => c.UnstaffedReason).OptionalText(10_000);
    }
}

public static class ChangePostureHandler
{
    public static Task<Reply> Handle(Order<ChangePosture> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, ChangePosture>(order, cancellation);
}
