using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class RemoveAddressEndpoint
{
    [WolverinePost("/v1/contacts/{key}/remove-address")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, RemoveAddress>(http, key);
}

public sealed class RemoveAddressValidator : AbstractValidator<RemoveAddress>
{
    public RemoveAddressValidator() => RuleFor(c => c.AddressId).Text(20);
}

public static class RemoveAddressHandler
{
    public static Task<Reply> Handle(Order<RemoveAddress> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, RemoveAddress>(order, cancellation);
}
