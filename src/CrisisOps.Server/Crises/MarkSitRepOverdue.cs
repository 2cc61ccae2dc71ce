using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>A situation report was not published when it was due.</summary>
public sealed class SitRepDue() : DeadlineCommand<MarkSitRepOverdue>(CrisisDeadlines.SitRepDue, due => new(due.Generation));

public static class MarkSitRepOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkSitRepOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MarkSitRepOverdue>(order, cancellation);
}
