using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class WithdrawDecisionEndpoint
{
    [WolverinePost("/v1/escalations/{key}/withdraw-decision")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, WithdrawDecision>(http, key);
}

public sealed class WithdrawDecisionValidator : AbstractValidator<WithdrawDecision>
{
    public WithdrawDecisionValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class WithdrawDecisionHandler
{
    public static Task<Reply> Handle(Order<WithdrawDecision> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, WithdrawDecision>(order, cancellation);
}
