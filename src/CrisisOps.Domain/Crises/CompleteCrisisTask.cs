using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Marks a task as done; not while a task it waits for is open (domain §9.4).</summary>
public sealed record CompleteCrisisTask(string TaskId, string? Note = null) : Command, ICrisisCommand<CompleteCrisisTask>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisTaskList.Rule("complete-task");

    public static Ruling Decide(CompleteCrisisTask command, Crisis state, DecisionContext context)
    {
        var (task, none) = state.Tasks.FindOpen(command.TaskId, "in this crisis");
        if (task?.Owner != context.Caller.Id && NoteGuard.Writer(state, context) is { } refused)
        {
            return refused;
        }

        if (task is null)
        {
            return none!;
        }

        return state.Tasks.Waits(task) ?? Ruling.Accept(new CrisisTaskCompleted(task.TaskId, command.Note));
    }

    public static IEnumerable<CompleteCrisisTask> Samples(Crisis state, DecisionContext context) =>
        (state.Stage == CrisisState.None ? ["TSK-1"] : state.OpenTasks.Select(t => t.TaskId)).Select(id => new CompleteCrisisTask(id));
}

public sealed record CrisisTaskCompleted(string TaskId, string? Note) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { State = CaseTaskState.Completed }) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} done: {after.Tasks.Find(TaskId)?.Title}", Note).ToCrossFunctional();
}
