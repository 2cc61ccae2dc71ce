using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class RejectEndpoint
{
    [WolverinePost("/v1/escalations/{key}/reject")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Reject>(http, key);
}

public sealed class RejectValidator : AbstractValidator<Reject>
{
    public RejectValidator() => RuleFor(c => c.Explanation).Text(10_000);
}

public static class RejectHandler
{
    public static Task<Reply> Handle(Order<Reject> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Reject>(order, cancellation);
}
