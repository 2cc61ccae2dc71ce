using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>The next update was promised for now.</summary>
public sealed class CrisisUpdateDue() : DeadlineCommand<MarkUpdateOverdue>(CrisisDeadlines.CrisisUpdateDue, due => new(due.Generation));

public static class MarkUpdateOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkUpdateOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MarkUpdateOverdue>(order, cancellation);
}
