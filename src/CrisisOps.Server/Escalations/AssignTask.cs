using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class AssignTaskEndpoint
{
    [WolverinePost("/v1/escalations/{key}/assign-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, AssignTask>(http, key);
}

public sealed class AssignTaskValidator : AbstractValidator<AssignTask>
{
    public AssignTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Owner).Text(200);
        RuleFor(c => c.DueAt).Instant();
    }
}

public static class AssignTaskHandler
{
    public static Task<Reply> Handle(Order<AssignTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, AssignTask>(order, cancellation);
}
