using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class AmendScheduleEndpoint
{
    [WolverinePost("/v1/elections/{key}/amend-schedule")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, AmendSchedule>(http, key);
}

public sealed class AmendScheduleValidator : AbstractValidator<AmendSchedule>
{
    public AmendScheduleValidator()
    {
        RuleFor(c => c.Phases).Phases();
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class AmendScheduleHandler
{
    public static Task<Reply> Handle(Order<AmendSchedule> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, AmendSchedule>(order, cancellation);
}
