using CrisisOps.Domain.Elections;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class ScheduleRunoffEndpoint
{
    [WolverinePost("/v1/elections/{key}/schedule-runoff")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, ScheduleRunoff>(http, key);
}

public sealed class ScheduleRunoffValidator : AbstractValidator<ScheduleRunoff>
{
    public ScheduleRunoffValidator()
    {
        RuleFor(c => c.Phases).Phases();
        RuleFor(c => c.NewDay).Day();
    }
}

public static class ScheduleRunoffHandler
{
    public static Task<Reply> Handle(Order<ScheduleRunoff> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, ScheduleRunoff>(order, cancellation);
}
