using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class AttachEvidenceEndpoint
{
    [WolverinePost("/v1/escalations/{key}/attach-evidence")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, AttachEvidence>(http, key);
}

public sealed class AttachEvidenceValidator : AbstractValidator<AttachEvidence>
{
    public AttachEvidenceValidator()
    {
        RuleFor(c => c.EvidenceRef).Text(200);
        RuleFor(c => c.Hash).OptionalText(200);
        RuleFor(c => c.MediaType).OptionalText(200);
    }
}

public static class AttachEvidenceHandler
{
    public static Task<Reply> Handle(Order<AttachEvidence> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, AttachEvidence>(order, cancellation);
}
