using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class RecordCommandDecisionEndpoint
{
    [WolverinePost("/v1/crises/{key}/record-decision")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, RecordCommandDecision>(http, key);
}

public sealed class RecordCommandDecisionValidator : AbstractValidator<RecordCommandDecision>
{
    public RecordCommandDecisionValidator()
    {
        RuleFor(c => c.Question).Text(10_000);
        RuleFor(c => c.Options).Texts(100, 10_000);
        RuleFor(c => c.Chosen).Text(10_000);
        RuleFor(c => c.Rationale).Text(10_000);
        RuleFor(c => c.Objections).Texts(100, 10_000);
    }
}

public static class RecordCommandDecisionHandler
{
    public static Task<Reply> Handle(Order<RecordCommandDecision> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, RecordCommandDecision>(order, cancellation);
}
