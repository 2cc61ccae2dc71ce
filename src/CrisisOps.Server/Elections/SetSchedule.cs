using CrisisOps.Domain.Elections;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class SetScheduleEndpoint
{
    [WolverinePost("/v1/elections/{key}/set-schedule")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, SetSchedule>(http, key);
}

public sealed class SetScheduleValidator : AbstractValidator<SetSchedule>
{
    public SetScheduleValidator() => RuleFor(c => c.Phases).Phases();
}

public static class SetScheduleHandler
{
    public static Task<Reply> Handle(Order<SetSchedule> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, SetSchedule>(order, cancellation);
}
