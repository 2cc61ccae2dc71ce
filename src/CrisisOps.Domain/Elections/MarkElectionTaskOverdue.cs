using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>The due time of an open task. A timer of an older generation does nothing.</summary>
public sealed record MarkElectionTaskOverdue(string TaskId, int Generation) : Command, IElectionCommand<MarkElectionTaskOverdue>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Timer("mark-task-overdue");

    public static Ruling Decide(MarkElectionTaskOverdue command, ElectionEvent state, DecisionContext context) =>
        state.Tasks.RanOut(command.TaskId, command.Generation, context.Now) is { } task
            ? Ruling.Accept(new ElectionTaskOverdue(task.TaskId, task.DueAt!.Value))
            : Ruling.Refuse("deadline-current", "This task is done, was moved, or is not due.");

    public static IEnumerable<MarkElectionTaskOverdue> Samples(ElectionEvent state, DecisionContext context) => [];
}

public sealed record ElectionTaskOverdue(string TaskId, DateTimeOffset DueAt) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { Overdue = true }) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"{TaskId} is overdue since {DueAt:HH:mm}Z: {after.Tasks.Find(TaskId)?.Title}").ToCrossFunctional();
}
