using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class ReferCrisisToLawEnforcementEndpoint
{
    [WolverinePost("/v1/crises/{key}/refer-to-law-enforcement")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, ReferCrisisToLawEnforcement>(http, key);
}

public sealed class ReferCrisisToLawEnforcementValidator : AbstractValidator<ReferCrisisToLawEnforcement>
{
    public ReferCrisisToLawEnforcementValidator()
    {
        RuleFor(c => c.Basis).Text(10_000);
        RuleFor(c => c.Authority).Text(300);
        RuleFor(c => c.Reference).Text(200);
        RuleFor(c => c.Escalations).Texts(100, 200);
    }
}

public static class ReferCrisisToLawEnforcementHandler
{
    public static Task<Reply> Handle(Order<ReferCrisisToLawEnforcement> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ReferCrisisToLawEnforcement>(order, cancellation);
}
