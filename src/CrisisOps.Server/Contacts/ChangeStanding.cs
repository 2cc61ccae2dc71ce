using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class ChangeStandingEndpoint
{
    [WolverinePost("/v1/contacts/{key}/change-standing")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, ChangeStanding>(http, key);
}

public sealed class ChangeStandingValidator : AbstractValidator<ChangeStanding>
{
    public ChangeStandingValidator()
    {
        RuleFor(c => c.Standing).SetValidator(new TeamStandingValidator());
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class ChangeStandingHandler
{
    public static Task<Reply> Handle(Order<ChangeStanding> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, ChangeStanding>(order, cancellation);
}
