using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class DisableAddressEndpoint
{
    [WolverinePost("/v1/contacts/{key}/disable-address")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, DisableAddress>(http, key);
}

public sealed class DisableAddressValidator : AbstractValidator<DisableAddress>
{
    public DisableAddressValidator()
    {
        RuleFor(c => c.AddressId).Text(20);
        RuleFor(c => c.Reason).Text(1_000);
    }
}

public static class DisableAddressHandler
{
    public static Task<Reply> Handle(Order<DisableAddress> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, DisableAddress>(order, cancellation);
}
