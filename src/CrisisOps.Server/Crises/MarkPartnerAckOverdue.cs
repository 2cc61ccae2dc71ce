using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>A partner has not acknowledged an alert in its window.</summary>
public sealed class PartnerAckWindow() : DeadlineCommand<MarkPartnerAckOverdue>(CrisisDeadlines.PartnerAckWindow, due => MarkPartnerAckOverdue.From(due.Ref));

public static class MarkPartnerAckOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkPartnerAckOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MarkPartnerAckOverdue>(order, cancellation);
}
