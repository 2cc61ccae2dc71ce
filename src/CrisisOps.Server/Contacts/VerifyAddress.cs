using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class VerifyAddressEndpoint
{
    [WolverinePost("/v1/contacts/{key}/verify-address")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, VerifyAddress>(http, key);
}

public sealed class VerifyAddressValidator : AbstractValidator<VerifyAddress>
{
    public VerifyAddressValidator()
    {
        RuleFor(c => c.AddressId).Text(20);
        RuleFor(c => c.How).Text(1_000);
    }
}

public static class VerifyAddressHandler
{
    public static Task<Reply> Handle(Order<VerifyAddress> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, VerifyAddress>(order, cancellation);
}
