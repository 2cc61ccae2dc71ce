using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RaiseEscalationEndpoint
{
    [WolverinePost("/v1/escalations")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<Escalation, RaiseEscalation>(http);
}

public sealed class RaiseEscalationValidator : AbstractValidator<RaiseEscalation>
{
    public RaiseEscalationValidator()
    {
        RuleFor(c => c.Title).Text(300);
        RuleFor(c => c.Allegation).OptionalText(10_000);
        RuleFor(c => c.ExternalRef).OptionalText(200);
        RuleFor(c => c.LegalBasis).OptionalText(200);
        RuleFor(c => c.Product).OptionalText(50);
        RuleFor(c => c.Region).Regions();
        RuleFor(c => c.Language).Languages();
        RuleFor(c => c.EvidenceRefs).Texts(100, 200);
        RuleFor(c => c.ReportCount).InclusiveBetween(1, 10_000_000);
        RuleFor(c => c.HardDeadline).Instant();
        RuleFor(c => c.ContentRefs).Must(refs => refs is null || refs.Count <= 1000).WithMessage("at most 1000 pieces of content");
        RuleForEach(c => c.ContentRefs).ChildRules(content =>
        {
            content.RuleFor(c => c.ItemId).Text(200);
            content.RuleFor(c => c.ItemType).Text(50);
            content.RuleFor(c => c.Url).OptionalText(2000);
        });
        RuleFor(c => c.Requester).ChildRules(requester =>
        {
            requester.RuleFor(r => r!.PartnerId).OptionalText(100);
            requester.RuleFor(r => r!.ContactRef).OptionalText(200);
            requester.RuleFor(r => r!.Language).OptionalText(35);
        }).When(c => c.Requester is not null);
    }
}

public static class RaiseEscalationHandler
{
    public static Task<Reply> Handle(Order<RaiseEscalation> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, RaiseEscalation>(order, cancellation);
}
