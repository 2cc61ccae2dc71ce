using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class CompleteCrisisTaskEndpoint
{
    [WolverinePost("/v1/crises/{key}/complete-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, CompleteCrisisTask>(http, key);
}

public sealed class CompleteCrisisTaskValidator : AbstractValidator<CompleteCrisisTask>
{
    public CompleteCrisisTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Note).OptionalText(10_000);
    }
}

public static class CompleteCrisisTaskHandler
{
    public static Task<Reply> Handle(Order<CompleteCrisisTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, CompleteCrisisTask>(order, cancellation);
}
