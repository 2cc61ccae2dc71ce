using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class ChangeContactEndpoint
{
    [WolverinePost("/v1/contacts/{key}/change")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, ChangeContact>(http, key);
}

public sealed class ChangeContactValidator : AbstractValidator<ChangeContact>
{
    public ChangeContactValidator()
    {
        RuleFor(c => c.Language).OptionalText(35);
        RuleFor(c => c.Tz).OptionalText(100);
    }
}

public static class ChangeContactHandler
{
    public static Task<Reply> Handle(Order<ChangeContact> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, ChangeContact>(order, cancellation);
}
