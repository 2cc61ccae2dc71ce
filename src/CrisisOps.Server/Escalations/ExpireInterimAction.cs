using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>Nobody confirmed an interim action in time.</summary>
public sealed class InterimActionExpiry() : DeadlineCommand<ExpireInterimAction>(EscalationDeadlines.InterimActionExpiry, due => new(due.Ref));

public static class ExpireInterimActionHandler
{
    public static Task<Reply> Handle(Order<ExpireInterimAction> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, ExpireInterimAction>(order, cancellation);
}
