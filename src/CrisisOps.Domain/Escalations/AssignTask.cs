using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Gives a task an owner, and a new due time if one is named (domain §9.4).</summary>
public sealed record AssignTask(string TaskId, string Owner, DateTimeOffset? DueAt = null) : Command, IEscalationCommand<AssignTask>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("assign-task", Givers.Specialists, EscalationState.Resolved);

    public static Ruling Decide(AssignTask command, Escalation state, DecisionContext context)
    {
        return state.Tasks.FindOpen(command.TaskId, "on this case").Refused ?? CaseTasks.DueAhead(command.DueAt, context.Now)
            ?? Ruling.Accept(new TaskAssigned(command.TaskId, command.Owner, command.DueAt));
    }

    public static IEnumerable<AssignTask> Samples(Escalation state, DecisionContext context) =>
        state.Tasks.IsEmpty
            ? [new("TSK-1", context.Caller.Id, context.Now.AddHours(1))]
            : state.OpenTasks.Select(t => new AssignTask(t.TaskId, context.Caller.Id, context.Now.AddHours(1)));
}

/// <param name="DueAt">The new due time; null keeps the one before.</param>
public sealed record TaskAssigned(string TaskId, string Owner, DateTimeOffset? DueAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task.Assigned(Owner, DueAt)) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} assigned to {Owner}", DueAt is { } due ? $"due {due:yyyy-MM-dd HH:mm}Z" : null).ToCrossFunctional();
}
