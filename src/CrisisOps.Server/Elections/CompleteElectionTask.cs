using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class CompleteElectionTaskEndpoint
{
    [WolverinePost("/v1/elections/{key}/complete-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, CompleteElectionTask>(http, key);
}

public sealed class CompleteElectionTaskValidator : AbstractValidator<CompleteElectionTask>
{
    public CompleteElectionTaskValidator()
    {
        RuleFor(c => c.TaskId).Text(200);
        RuleFor(c => c.Note).OptionalText(10_000);
    }
}

public static class CompleteElectionTaskHandler
{
    public static Task<Reply> Handle(Order<CompleteElectionTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, CompleteElectionTask>(order, cancellation);
}
