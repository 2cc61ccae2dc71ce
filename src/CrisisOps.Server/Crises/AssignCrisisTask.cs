using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class AssignCrisisTaskEndpoint
{
    [WolverinePost("/v1/crises/{key}/assign-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, AssignCrisisTask>(http, key);
}

public sealed class AssignCrisisTaskValidator : AbstractValidator<AssignCrisisTask>
{
    public AssignCrisisTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Owner).Text(200);
        RuleFor(c => c.DueAt).Instant();
    }
}

public static class AssignCrisisTaskHandler
{
    public static Task<Reply> Handle(Order<AssignCrisisTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, AssignCrisisTask>(order, cancellation);
}
