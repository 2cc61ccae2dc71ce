using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Gives a task an owner, and a new due time if one is named (domain §9.4).</summary>
public sealed record AssignElectionTask(string TaskId, string Owner, DateTimeOffset? DueAt = null) : Command, IElectionCommand<AssignElectionTask>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionTaskList.Rule("assign-task");

    public static Ruling Decide(AssignElectionTask command, ElectionEvent state, DecisionContext context)
    {
        return state.Tasks.FindOpen(command.TaskId, "on this election").Refused ?? CaseTasks.DueAhead(command.DueAt, context.Now) ?? Ruling.Accept(new ElectionTaskAssigned(command.TaskId, command.Owner, command.DueAt));
    }

    public static IEnumerable<AssignElectionTask> Samples(ElectionEvent state, DecisionContext context) =>
        (state.Stage == ElectionPhase.None ? ["TSK-1"] : state.OpenTasks.Select(t => t.TaskId)).Select(id => new AssignElectionTask(id, context.Caller.Id, context.Now.AddHours(1)));
}

/// <param name="DueAt">The new due time; null keeps the one before.</param>
public sealed record ElectionTaskAssigned(string TaskId, string Owner, DateTimeOffset? DueAt) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task.Assigned(Owner, DueAt)) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} assigned to {Owner}", DueAt is { } due ? $"due {due:yyyy-MM-dd HH:mm}Z" : null).ToCrossFunctional();
}
