using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class CorrectEnforcementEndpoint
{
    [WolverinePost("/v1/escalations/{key}/correct-enforcement")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, CorrectEnforcement>(http, key);
}

public sealed class CorrectEnforcementValidator : AbstractValidator<CorrectEnforcement>
{
    public CorrectEnforcementValidator()
    {
        RuleFor(c => c.ActionId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
        RuleFor(c => c.ExternalRef).OptionalText(200);
        RuleFor(c => c.At).Instant();
    }
}

public static class CorrectEnforcementHandler
{
    public static Task<Reply> Handle(Order<CorrectEnforcement> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, CorrectEnforcement>(order, cancellation);
}
