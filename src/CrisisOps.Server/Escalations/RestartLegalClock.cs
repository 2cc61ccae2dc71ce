using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RestartLegalClockEndpoint
{
    [WolverinePost("/v1/escalations/{key}/restart-legal-clock")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RestartLegalClock>(http, key);
}

public sealed class RestartLegalClockValidator : AbstractValidator<RestartLegalClock>
{
    public RestartLegalClockValidator()
    {
        RuleFor(c => c.ClockId).Text(200);
        RuleFor(c => c.ClarificationReceivedAt).Instant();
    }
}

public static class RestartLegalClockHandler
{
    public static Task<Reply> Handle(Order<RestartLegalClock> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RestartLegalClock>(order, cancellation);
}
