using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class DetachEscalationEndpoint
{
    [WolverinePost("/v1/crises/{key}/detach-escalation")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, DetachEscalation>(http, key);
}

public sealed class DetachEscalationValidator : AbstractValidator<DetachEscalation>
{
    public DetachEscalationValidator()
    {
        RuleFor(c => c.EscalationKey).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class DetachEscalationHandler
{
    public static Task<Reply> Handle(Order<DetachEscalation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, DetachEscalation>(order, cancellation);
}
