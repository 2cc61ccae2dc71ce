using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ReferToLawEnforcementEndpoint
{
    [WolverinePost("/v1/escalations/{key}/refer-to-law-enforcement")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ReferToLawEnforcement>(http, key);
}

public sealed class ReferToLawEnforcementValidator : AbstractValidator<ReferToLawEnforcement>
{
    public ReferToLawEnforcementValidator()
    {
        RuleFor(c => c.Basis).Text(10_000);
        RuleFor(c => c.Authority).Text(200);
        RuleFor(c => c.Reference).Text(200);
    }
}

public static class ReferToLawEnforcementHandler
{
    public static Task<Reply> Handle(Order<ReferToLawEnforcement> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ReferToLawEnforcement>(order, cancellation);
}
