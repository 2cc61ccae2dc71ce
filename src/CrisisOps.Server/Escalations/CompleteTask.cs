using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class CompleteTaskEndpoint
{
    [WolverinePost("/v1/escalations/{key}/complete-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, CompleteTask>(http, key);
}

public sealed class CompleteTaskValidator : AbstractValidator<CompleteTask>
{
    public CompleteTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Note).OptionalText(10_000);
    }
}

public static class CompleteTaskHandler
{
    public static Task<Reply> Handle(Order<CompleteTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, CompleteTask>(order, cancellation);
}
