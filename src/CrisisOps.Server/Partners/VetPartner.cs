using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class VetPartnerEndpoint
{
    [WolverinePost("/v1/partners/{key}/vet")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, VetPartner>(http, key);
}

public sealed class VetPartnerValidator : AbstractValidator<VetPartner>
{
    public VetPartnerValidator() => RuleFor(c => c.AgreementRef).Text(200);
}

public static class VetPartnerHandler
{
    public static Task<Reply> Handle(Order<VetPartner> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, VetPartner>(order, cancellation);
}
