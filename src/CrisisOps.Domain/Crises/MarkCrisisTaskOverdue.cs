using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The due time of an open task. A timer of an older generation does nothing.</summary>
public sealed record MarkCrisisTaskOverdue(string TaskId, int Generation) : Command, ICrisisCommand<MarkCrisisTaskOverdue>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Timer("mark-task-overdue");

    public static Ruling Decide(MarkCrisisTaskOverdue command, Crisis state, DecisionContext context) =>
        state.Tasks.RanOut(command.TaskId, command.Generation, context.Now) is { } task
            ? Ruling.Accept(new CrisisTaskOverdue(task.TaskId, task.DueAt!.Value))
            : Ruling.Refuse("deadline-current", "This task is done, was moved, or is not due.");

    public static IEnumerable<MarkCrisisTaskOverdue> Samples(Crisis state, DecisionContext context) => [];
}

public sealed record CrisisTaskOverdue(string TaskId, DateTimeOffset DueAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { Overdue = true }) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"{TaskId} is overdue since {DueAt:HH:mm}Z: {after.Tasks.Find(TaskId)?.Title}").ToCrossFunctional();
}
