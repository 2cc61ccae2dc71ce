using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class RegisterContactEndpoint
{
    [WolverinePost("/v1/contacts")]
    public static Task<IResult> Post(HttpContext http, IMessageBus bus) => bus.Take<Contact, RegisterContact>(http);
}

public sealed class RegisterContactValidator : AbstractValidator<RegisterContact>
{
    public RegisterContactValidator()
    {
        RuleFor(c => c.Ref).Text(200);
        RuleFor(c => c.Language).OptionalText(35);
        RuleFor(c => c.Tz).OptionalText(100);
        RuleFor(c => c.Standing!).SetValidator(new TeamStandingValidator()).When(c => c.Standing is not null);
    }
}

public static class RegisterContactHandler
{
    public static Task<Reply> Handle(Order<RegisterContact> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, RegisterContact>(order, cancellation);
}

/// <summary>The shape of what a team reads as.</summary>
public sealed class TeamStandingValidator : AbstractValidator<TeamStanding>
{
    public TeamStandingValidator()
    {
        RuleFor(s => s.Roles).Most(20);
        RuleFor(s => s.Functions).Most(20);
        RuleFor(s => s.Regions).Must(regions => regions is ["*"] || Shapes.AreRegions(regions)).WithMessage("ISO 3166 codes such as XN or XN-01, at most 300; or * alone");
    }
}
