using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>A task of a crisis was not done in time.</summary>
public sealed class CrisisTaskDue() : DeadlineCommand<MarkCrisisTaskOverdue>(CrisisDeadlines.CrisisTaskDue, due => new(due.Ref, due.Generation));

public static class MarkCrisisTaskOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkCrisisTaskOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, MarkCrisisTaskOverdue>(order, cancellation);
}
