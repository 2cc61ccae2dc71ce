using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Gives a task an owner, and a new due time if one is named (domain §9.4).</summary>
public sealed record AssignCrisisTask(string TaskId, string Owner, DateTimeOffset? DueAt = null) : Command, ICrisisCommand<AssignCrisisTask>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisTaskList.Rule("assign-task");

    public static Ruling Decide(AssignCrisisTask command, Crisis state, DecisionContext context)
    {
        if (NoteGuard.Writer(state, context) is { } refused)
        {
            return refused;
        }

        return state.Tasks.FindOpen(command.TaskId, "in this crisis").Refused ?? CaseTasks.DueAhead(command.DueAt, context.Now) ?? Ruling.Accept(new CrisisTaskAssigned(command.TaskId, command.Owner, command.DueAt));
    }

    public static IEnumerable<AssignCrisisTask> Samples(Crisis state, DecisionContext context) =>
        (state.Stage == CrisisState.None ? ["TSK-1"] : state.OpenTasks.Select(t => t.TaskId)).Select(id => new AssignCrisisTask(id, context.Caller.Id, context.Now.AddHours(1)));
}

/// <param name="DueAt">The new due time; null keeps the one before.</param>
public sealed record CrisisTaskAssigned(string TaskId, string Owner, DateTimeOffset? DueAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task.Assigned(Owner, DueAt)) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} assigned to {Owner}", DueAt is { } due ? $"due {due:yyyy-MM-dd HH:mm}Z" : null).ToCrossFunctional();
}
