using CrisisOps.Domain.Contacts;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Contacts;

public static class ReinstateContactEndpoint
{
    [WolverinePost("/v1/contacts/{key}/reinstate")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Contact, ReinstateContact>(http, key);
}

public sealed class ReinstateContactValidator : AbstractValidator<ReinstateContact>
{
    public ReinstateContactValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class ReinstateContactHandler
{
    public static Task<Reply> Handle(Order<ReinstateContact> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Contact, ReinstateContact>(order, cancellation);
}
