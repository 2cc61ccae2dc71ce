using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>The due time of an open task. A timer of an older generation does nothing.</summary>
public sealed record MarkElectionTaskOverdue(string TaskId, int Generation) : Command, IElectionCommand<MarkElectionTaskOverdue>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Timer("mark-task-overdue");

    public static Ruling Decide(MarkElectionTaskOverdue command, ElectionEvent state, DecisionContext context) =>
        state.Task(command.TaskId) is { Open: true, Overdue: false, DueAt: { } due } task && task.Generation == command.Generation && due <= context.Now
            ? Ruling.Accept(new ElectionTaskOverdue(task.TaskId, due))
            : Ruling.Refuse("deadline-current", "This task is done, was moved, or is not due.");

    public static IEnumerable<MarkElectionTaskOverdue> Samples(ElectionEvent state, DecisionContext context) => [];
}

public sealed record ElectionTaskOverdue(string TaskId, DateTimeOffset DueAt) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state.ChangeTask(TaskId, task => task with { Overdue = true });

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"{TaskId} is overdue since {DueAt:HH:mm}Z: {after.Task(TaskId)?.Title}").ToCrossFunctional();
}
