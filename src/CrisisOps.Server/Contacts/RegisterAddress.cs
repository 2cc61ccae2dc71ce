using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class RegisterAddressEndpoint
{
    [WolverinePost("/v1/contacts/{key}/register-address")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus, AddressVault vault) =>
        bus.Take<Contact, RegisterAddress>(http, key, (command, give) => vault.Keep(key, command, give, http.RequestAborted));
}

public sealed class RegisterAddressValidator : AbstractValidator<RegisterAddress>
{
    public RegisterAddressValidator() => RuleFor(c => c.Address).Text(2_000);
}

public static class RegisterAddressHandler
{
    public static Task<Reply> Handle(Order<RegisterAddress> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, RegisterAddress>(order, cancellation);
}
