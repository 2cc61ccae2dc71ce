using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class SuspendPartnerEndpoint
{
    [WolverinePost("/v1/partners/{key}/suspend")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, SuspendPartner>(http, key);
}

public sealed class SuspendPartnerValidator : AbstractValidator<SuspendPartner>
{
    public SuspendPartnerValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class SuspendPartnerHandler
{
    public static Task<Reply> Handle(Order<SuspendPartner> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, SuspendPartner>(order, cancellation);
}
