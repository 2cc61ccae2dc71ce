using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Escalations;

public static class CloseEndpoint
{
    [WolverinePost("/v1/escalations/{key}/close")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<Escalation, Close>(http, key);
}

/// <summary>The time in which it could be disputed is over.</summary>
public sealed class CloseDue() : DeadlineCommand<Close>(EscalationDeadlines.CloseDue, _ => new());

public static class CloseHandler
{
    public static Task<Reply> Handle(Order<Close> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, Close>(order, cancellation);
}
