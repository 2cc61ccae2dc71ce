using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Marks a task as done; not while a task it waits for is open (domain §9.4).</summary>
public sealed record CompleteTask(string TaskId, string? Note = null) : Command, IEscalationCommand<CompleteTask>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("complete-task", Givers.Specialists, EscalationState.Resolved);

    public static Ruling Decide(CompleteTask command, Escalation state, DecisionContext context)
    {
        var (task, refused) = state.Tasks.FindOpen(command.TaskId, "on this case");
        if (task is null)
        {
            return refused!;
        }

        return state.Tasks.Waits(task) ?? Ruling.Accept(new TaskCompleted(task.TaskId, command.Note));
    }

    public static IEnumerable<CompleteTask> Samples(Escalation state, DecisionContext context) =>
        state.Tasks.IsEmpty ? [new("TSK-1")] : state.OpenTasks.Select(t => new CompleteTask(t.TaskId));
}

public sealed record TaskCompleted(string TaskId, string? Note) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { State = CaseTaskState.Completed }) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} done: {after.Tasks.Find(TaskId)?.Title}", Note).ToCrossFunctional();
}
