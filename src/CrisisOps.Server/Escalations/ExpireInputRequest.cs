using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>Nobody answered a question in time.</summary>
public sealed class ConsultDue() : DeadlineCommand<ExpireInputRequest>(EscalationDeadlines.ConsultDue, due => new(due.Ref));

public static class ExpireInputRequestHandler
{
    public static Task<Reply> Handle(Order<ExpireInputRequest> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ExpireInputRequest>(order, cancellation);
}
