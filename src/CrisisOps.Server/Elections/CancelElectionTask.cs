using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class CancelElectionTaskEndpoint
{
    [WolverinePost("/v1/elections/{key}/cancel-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, CancelElectionTask>(http, key);
}

public sealed class CancelElectionTaskValidator : AbstractValidator<CancelElectionTask>
{
    public CancelElectionTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Reason).Text(10_000);
    }
}

public static class CancelElectionTaskHandler
{
    public static Task<Reply> Handle(Order<CancelElectionTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, CancelElectionTask>(order, cancellation);
}
