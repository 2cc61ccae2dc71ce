using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class DeclineReferralEndpoint
{
    [WolverinePost("/v1/escalations/{key}/decline-referral")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, DeclineReferral>(http, key);
}

public sealed class DeclineReferralValidator : AbstractValidator<DeclineReferral>
{
    public DeclineReferralValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class DeclineReferralHandler
{
    public static Task<Reply> Handle(Order<DeclineReferral> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, DeclineReferral>(order, cancellation);
}
