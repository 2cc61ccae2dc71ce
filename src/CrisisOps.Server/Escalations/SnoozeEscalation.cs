using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class SnoozeEscalationEndpoint
{
    [WolverinePost("/v1/escalations/{key}/snooze")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, SnoozeEscalation>(http, key);
}

public sealed class SnoozeEscalationValidator : AbstractValidator<SnoozeEscalation>
{
    public SnoozeEscalationValidator()
    {
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.Until).Instant();
    }
}

public static class SnoozeEscalationHandler
{
    public static Task<Reply> Handle(Order<SnoozeEscalation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, SnoozeEscalation>(order, cancellation);
}
