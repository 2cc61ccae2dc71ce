using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class OffboardPartnerEndpoint
{
    [WolverinePost("/v1/partners/{key}/offboard")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, OffboardPartner>(http, key);
}

public sealed class OffboardPartnerValidator : AbstractValidator<OffboardPartner>
{
    public OffboardPartnerValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class OffboardPartnerHandler
{
    public static Task<Reply> Handle(Order<OffboardPartner> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, OffboardPartner>(order, cancellation);
}
