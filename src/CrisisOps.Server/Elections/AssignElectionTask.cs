using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class AssignElectionTaskEndpoint
{
    [WolverinePost("/v1/elections/{key}/assign-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, AssignElectionTask>(http, key);
}

public sealed class AssignElectionTaskValidator : AbstractValidator<AssignElectionTask>
{
    public AssignElectionTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Owner).Text(200);
        RuleFor(c => c.DueAt).Instant();
    }
}

public static class AssignElectionTaskHandler
{
    public static Task<Reply> Handle(Order<AssignElectionTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, AssignElectionTask>(order, cancellation);
}
