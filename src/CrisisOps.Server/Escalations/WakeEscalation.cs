using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class WakeEscalationEndpoint
{
    [WolverinePost("/v1/escalations/{key}/wake")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, WakeEscalation>(http, key);
}

public sealed class WakeEscalationValidator : AbstractValidator<WakeEscalation>
{
    public WakeEscalationValidator() => RuleFor(c => c.Reason).OptionalText(10_000);
}

/// <summary>The end of a snooze.</summary>
public sealed class SnoozeEnd() : DeadlineCommand<WakeEscalation>(EscalationDeadlines.SnoozeEnd, due => new(Generation: due.Generation));

public static class WakeEscalationHandler
{
    public static Task<Reply> Handle(Order<WakeEscalation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, WakeEscalation>(order, cancellation);
}
