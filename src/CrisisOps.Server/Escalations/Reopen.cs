using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class ReopenEndpoint
{
    [WolverinePost("/v1/escalations/{key}/reopen")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Reopen>(http, key);
}

public sealed class ReopenValidator : AbstractValidator<Reopen>
{
    public ReopenValidator() => RuleFor(c => c.Reason).Text(10_000);
}

public static class ReopenHandler
{
    public static Task<Reply> Handle(Order<Reopen> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Reopen>(order, cancellation);
}
