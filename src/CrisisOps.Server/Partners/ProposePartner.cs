using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class ProposePartnerEndpoint
{
    [WolverinePost("/v1/partners")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<Partner, ProposePartner>(http);
}

public sealed class ProposePartnerValidator : AbstractValidator<ProposePartner>
{
    public ProposePartnerValidator()
    {
        RuleFor(c => c.Name).Text(200);
        RuleFor(c => c.Regions).Regions();
        RuleFor(c => c.Languages).Languages();
        RuleFor(c => c.Expertise).Texts(100, 200);
        RuleFor(c => c.Contacts).Most(50);
        RuleForEach(c => c.Contacts).ChildRules(contact =>
        {
            contact.RuleFor(p => p!.ContactRef).Text(100);
            contact.RuleFor(p => p!.Role).Text(200);
            contact.RuleFor(p => p!.Tz).OptionalText(100);
            contact.RuleFor(p => p!.Hours).OptionalText(200);
        });
    }
}

public static class ProposePartnerHandler
{
    public static Task<Reply> Handle(Order<ProposePartner> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, ProposePartner>(order, cancellation);
}
