using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class RemoveContactEndpoint
{
    [WolverinePost("/v1/contacts/{key}/remove")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, RemoveContact>(http, key);
}

public sealed class RemoveContactValidator : AbstractValidator<RemoveContact>
{
    public RemoveContactValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class RemoveContactHandler
{
    public static Task<Reply> Handle(Order<RemoveContact> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, RemoveContact>(order, cancellation);
}
