using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>Nobody has acknowledged an update that asked for it.</summary>
public sealed class CrisisUpdateAck() : DeadlineCommand<MarkUpdateAckOverdue>(CrisisDeadlines.CrisisUpdateAck, due => new(due.Ref));

public static class MarkUpdateAckOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkUpdateAckOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MarkUpdateAckOverdue>(order, cancellation);
}
