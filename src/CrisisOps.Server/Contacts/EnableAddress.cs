using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class EnableAddressEndpoint
{
    [WolverinePost("/v1/contacts/{key}/enable-address")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, EnableAddress>(http, key);
}

public sealed class EnableAddressValidator : AbstractValidator<EnableAddress>
{
    public EnableAddressValidator() => RuleFor(c => c.AddressId).Text(20);
}

public static class EnableAddressHandler
{
    public static Task<Reply> Handle(Order<EnableAddress> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, EnableAddress>(order, cancellation);
}
