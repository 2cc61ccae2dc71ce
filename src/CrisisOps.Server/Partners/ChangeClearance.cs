using CrisisOps.Domain.Partners;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Partners;

public static class ChangeClearanceEndpoint
{
    [WolverinePost("/v1/partners/{key}/change-clearance")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Partner, ChangeClearance>(http, key);
}

public sealed class ChangeClearanceValidator : AbstractValidator<ChangeClearance>
{
    public ChangeClearanceValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class ChangeClearanceHandler
{
    public static Task<Reply> Handle(Order<ChangeClearance> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Partner, ChangeClearance>(order, cancellation);
}
