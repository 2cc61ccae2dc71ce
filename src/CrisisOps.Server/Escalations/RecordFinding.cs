using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RecordFindingEndpoint
{
    [WolverinePost("/v1/escalations/{key}/record-finding")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, RecordFinding>(http, key);
}

public sealed class RecordFindingValidator : AbstractValidator<RecordFinding>
{
    public RecordFindingValidator()
    {
        RuleFor(c => c.Summary).Text(10_000);
        RuleFor(c => c.Source).OptionalText(200);
        RuleFor(c => c.EvidenceRefs).Texts(100, 200);
    }
}

public static class RecordFindingHandler
{
    public static Task<Reply> Handle(Order<RecordFinding> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RecordFinding>(order, cancellation);
}
