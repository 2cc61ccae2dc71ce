using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class SupplyLegalBasisEndpoint
{
    [WolverinePost("/v1/escalations/{key}/supply-legal-basis")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, SupplyLegalBasis>(http, key);
}

public sealed class SupplyLegalBasisValidator : AbstractValidator<SupplyLegalBasis>
{
    public SupplyLegalBasisValidator()
    {
        RuleFor(c => c.LegalBasis).Text(200);
        RuleFor(c => c.EvidenceRefs).Texts(100, 200);
    }
}

public static class SupplyLegalBasisHandler
{
    public static Task<Reply> Handle(Order<SupplyLegalBasis> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, SupplyLegalBasis>(order, cancellation);
}
