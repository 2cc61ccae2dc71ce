using CrisisOps.Domain.Elections;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Elections;

/// <summary>A task of an election was not done in time.</summary>
public sealed class ElectionTaskDue() : DeadlineCommand<MarkElectionTaskOverdue>(ElectionDeadlines.ElectionTaskDue, due => new(due.Ref, due.Generation));

public static class MarkElectionTaskOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkElectionTaskOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, MarkElectionTaskOverdue>(order, cancellation);
}
