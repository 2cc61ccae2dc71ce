using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Marks a task as done; not while a task it waits for is open (domain §9.4).</summary>
public sealed record CompleteTask(string TaskId, string? Note = null) : Command, IEscalationCommand<CompleteTask>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("complete-task", Givers.Specialists, EscalationState.Resolved);

    public static Ruling Decide(CompleteTask command, Escalation state, DecisionContext context)
    {
        var (task, refused) = state.OpenTask(command.TaskId);
        if (task is null)
        {
            return refused!;
        }

        return state.Blockers(task) is { IsEmpty: false } blockers
            ? Ruling.Refuse("blocking-tasks-done", $"{task.TaskId} waits for {string.Join(", ", blockers)}; complete or cancel those first.", "complete-task", "cancel-task")
            : Ruling.Accept(new TaskCompleted(task.TaskId, command.Note));
    }

    public static IEnumerable<CompleteTask> Samples(Escalation state, DecisionContext context) =>
        state.Tasks.IsEmpty ? [new("TSK-1")] : state.OpenTasks.Select(t => new CompleteTask(t.TaskId));
}

public sealed record TaskCompleted(string TaskId, string? Note) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.ChangeTask(TaskId, task => task with { State = CaseTaskState.Completed });

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} done: {after.Task(TaskId)?.Title}", Note).ToCrossFunctional();
}
