using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ApproveDecisionEndpoint
{
    [WolverinePost("/v1/escalations/{key}/approve-decision")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ApproveDecision>(http, key);
}

public sealed class ApproveDecisionValidator : AbstractValidator<ApproveDecision>
{
    public ApproveDecisionValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class ApproveDecisionHandler
{
    public static Task<Reply> Handle(Order<ApproveDecision> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ApproveDecision>(order, cancellation);
}
