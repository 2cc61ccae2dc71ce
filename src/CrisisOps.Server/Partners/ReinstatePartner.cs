using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class ReinstatePartnerEndpoint
{
    [WolverinePost("/v1/partners/{key}/reinstate")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, ReinstatePartner>(http, key);
}

public sealed class ReinstatePartnerValidator : AbstractValidator<ReinstatePartner>
{
    public ReinstatePartnerValidator() => RuleFor(c => c.Note).OptionalText(10_000);
}

public static class ReinstatePartnerHandler
{
    public static Task<Reply> Handle(Order<ReinstatePartner> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, ReinstatePartner>(order, cancellation);
}
