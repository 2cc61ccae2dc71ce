using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AttachEscalationEndpoint
{
    [WolverinePost("/v1/crises/{key}/attach-escalation")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AttachEscalation>(http, key);
}

public sealed class AttachEscalationValidator : AbstractValidator<AttachEscalation>
{
    public AttachEscalationValidator() => RuleFor(c => c.EscalationKey).Text(200);
}

public static class AttachEscalationHandler
{
    public static Task<Reply> Handle(Order<AttachEscalation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AttachEscalation>(order, cancellation);
}
