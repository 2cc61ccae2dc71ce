using CrisisOps.Domain.Crises;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Crises;

public static class CancelCrisisTaskEndpoint
{
    [WolverinePost("/v1/crises/{key}/cancel-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Crisis, CancelCrisisTask>(http, key);
}

public sealed class CancelCrisisTaskValidator : AbstractValidator<CancelCrisisTask>
{
    public CancelCrisisTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class CancelCrisisTaskHandler
{
    public static Task<Reply> Handle(Order<CancelCrisisTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, CancelCrisisTask>(order, cancellation);
}
