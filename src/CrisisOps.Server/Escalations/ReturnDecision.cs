using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ReturnDecisionEndpoint
{
    [WolverinePost("/v1/escalations/{key}/return-decision")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ReturnDecision>(http, key);
}

public sealed class ReturnDecisionValidator : AbstractValidator<ReturnDecision>
{
    public ReturnDecisionValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class ReturnDecisionHandler
{
    public static Task<Reply> Handle(Order<ReturnDecision> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ReturnDecision>(order, cancellation);
}
