using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ProposeDecisionEndpoint
{
    [WolverinePost("/v1/escalations/{key}/propose-decision")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, ProposeDecision>(http, key);
}

public sealed class ProposeDecisionValidator : AbstractValidator<ProposeDecision>
{
    public ProposeDecisionValidator()
    {
        RuleFor(c => c.Rule).Text(10_000);
        RuleFor(c => c.Rationale).Text(10_000);
        RuleFor(c => c.Actions).Most(100);
        RuleFor(c => c.TerritorialScope).Texts(100, 200);
        RuleFor(c => c.Consulted).Most(100);
        RuleFor(c => c.OptionsWeighed).Texts(100, 1000);
        RuleFor(c => c.Dissent).OptionalText(10_000);
        RuleFor(c => c.HumanRightsNote).OptionalText(10_000);
        RuleFor(c => c.EvidenceRefs).Texts(100, 200);
        RuleFor(c => c.AcknowledgementOverride).OptionalText(10_000);
    }
}

public static class ProposeDecisionHandler
{
    public static Task<Reply> Handle(Order<ProposeDecision> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ProposeDecision>(order, cancellation);
}
