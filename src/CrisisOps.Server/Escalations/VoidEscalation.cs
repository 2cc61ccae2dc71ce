using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class VoidEscalationEndpoint
{
    [WolverinePost("/v1/escalations/{key}/void")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, VoidEscalation>(http, key);
}

public sealed class VoidEscalationValidator : AbstractValidator<VoidEscalation>
{
    public VoidEscalationValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class VoidEscalationHandler
{
    public static Task<Reply> Handle(Order<VoidEscalation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, VoidEscalation>(order, cancellation);
}
