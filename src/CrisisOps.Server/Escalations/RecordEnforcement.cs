using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RecordEnforcementEndpoint
{
    [WolverinePost("/v1/escalations/{key}/record-enforcement")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RecordEnforcement>(http, key);
}

public sealed class RecordEnforcementValidator : AbstractValidator<RecordEnforcement>
{
    public RecordEnforcementValidator()
    {
        RuleFor(c => c.Results).Most(100);
        RuleForEach(c => c.Results).ChildRules(result =>
        {
            result.RuleFor(r => r.ExternalRef).OptionalText(200);
            result.RuleFor(r => r.Failure).OptionalText(10_000);
            result.RuleFor(r => r.At).Instant();
            result.RuleFor(r => r.ActionId).OptionalText(60);
        });
    }
}

public static class RecordEnforcementHandler
{
    public static Task<Reply> Handle(Order<RecordEnforcement> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RecordEnforcement>(order, cancellation);
}
