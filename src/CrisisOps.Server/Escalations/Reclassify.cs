using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ReclassifyEndpoint
{
    [WolverinePost("/v1/escalations/{key}/reclassify")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Reclassify>(http, key);
}

public sealed class ReclassifyValidator : AbstractValidator<Reclassify>
{
    public ReclassifyValidator()
    {
        RuleFor(c => c.Product).OptionalText(200);
        RuleFor(c => c.Region).Regions();
        RuleFor(c => c.Language).Languages();
        RuleFor(c => c.Flags).Most(100);
        RuleFor(c => c.LegalBasis).OptionalText(200);
        RuleFor(c => c.HardDeadline).Instant();
    }
}

public static class ReclassifyHandler
{
    public static Task<Reply> Handle(Order<Reclassify> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Reclassify>(order, cancellation);
}
