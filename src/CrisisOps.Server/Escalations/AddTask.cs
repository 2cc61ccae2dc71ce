using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class AddTaskEndpoint
{
    [WolverinePost("/v1/escalations/{key}/add-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, AddTask>(http, key);
}

public sealed class AddTaskValidator : AbstractValidator<AddTask>
{
    public AddTaskValidator()
    {
        RuleFor(c => c.Title).Text(10_000);
        RuleFor(c => c.Owner).OptionalText(200);
        RuleFor(c => c.DueAt).Instant();
        RuleFor(c => c.BlockedBy).Texts(100, 200);
    }
}

public static class AddTaskHandler
{
    public static Task<Reply> Handle(Order<AddTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, AddTask>(order, cancellation);
}
