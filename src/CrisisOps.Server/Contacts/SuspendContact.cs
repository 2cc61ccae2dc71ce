using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class SuspendContactEndpoint
{
    [WolverinePost("/v1/contacts/{key}/suspend")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, SuspendContact>(http, key);
}

public sealed class SuspendContactValidator : AbstractValidator<SuspendContact>
{
    public SuspendContactValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class SuspendContactHandler
{
    public static Task<Reply> Handle(Order<SuspendContact> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, SuspendContact>(order, cancellation);
}
