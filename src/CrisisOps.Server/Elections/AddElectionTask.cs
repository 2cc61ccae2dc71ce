using CrisisOps.Domain.Elections;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Elections;

public static class AddElectionTaskEndpoint
{
    [WolverinePost("/v1/elections/{key}/add-task")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<ElectionEvent, AddElectionTask>(http, key);
}

public sealed class AddElectionTaskValidator : AbstractValidator<AddElectionTask>
{
    public AddElectionTaskValidator()
    {
        RuleFor(c => c.Title).Text(300);
        RuleFor(c => c.Owner).OptionalText(200);
        RuleFor(c => c.DueAt).Instant();
        RuleFor(c => c.BlockedBy).Texts(100, 200);
    }
}

public static class AddElectionTaskHandler
{
    public static Task<Reply> Handle(Order<AddElectionTask> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, AddElectionTask>(order, cancellation);
}
