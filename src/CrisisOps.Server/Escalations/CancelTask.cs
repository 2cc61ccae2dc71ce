using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class CancelTaskEndpoint
{
    [WolverinePost("/v1/escalations/{key}/cancel-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, CancelTask>(http, key);
}

public sealed class CancelTaskValidator : AbstractValidator<CancelTask>
{
    public CancelTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class CancelTaskHandler
{
    public static Task<Reply> Handle(Order<CancelTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, CancelTask>(order, cancellation);
}
