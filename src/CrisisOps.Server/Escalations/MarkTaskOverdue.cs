using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>The due time of a task passed.</summary>
public sealed class TaskDue() : DeadlineCommand<MarkTaskOverdue>(EscalationDeadlines.TaskDue, due => new(due.Ref, due.Generation));

public static class MarkTaskOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkTaskOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, MarkTaskOverdue>(order, cancellation);
}
