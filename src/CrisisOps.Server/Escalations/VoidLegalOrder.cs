using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class VoidLegalOrderEndpoint
{
    [WolverinePost("/v1/escalations/{key}/void-legal-order")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, VoidLegalOrder>(http, key);
}

public sealed class VoidLegalOrderValidator : AbstractValidator<VoidLegalOrder>
{
    public VoidLegalOrderValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class VoidLegalOrderHandler
{
    public static Task<Reply> Handle(Order<VoidLegalOrder> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, VoidLegalOrder>(order, cancellation);
}
