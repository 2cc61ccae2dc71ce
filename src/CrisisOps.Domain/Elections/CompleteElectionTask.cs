using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Marks a task as done; not while a task it waits for is open (domain §9.4).</summary>
public sealed record CompleteElectionTask(string TaskId, string? Note = null) : Command, IElectionCommand<CompleteElectionTask>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionTaskList.Rule("complete-task");

    public static Ruling Decide(CompleteElectionTask command, ElectionEvent state, DecisionContext context)
    {
        var (task, none) = state.Tasks.FindOpen(command.TaskId, "on this election");
        if (task is null)
        {
            return none!;
        }

        return state.Tasks.Waits(task) ?? Ruling.Accept(new ElectionTaskCompleted(task.TaskId, command.Note));
    }

    public static IEnumerable<CompleteElectionTask> Samples(ElectionEvent state, DecisionContext context) =>
        (state.Stage == ElectionPhase.None ? ["TSK-1"] : state.OpenTasks.Select(t => t.TaskId)).Select(id => new CompleteElectionTask(id));
}

public sealed record ElectionTaskCompleted(string TaskId, string? Note) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { State = CaseTaskState.Completed }) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} done: {after.Tasks.Find(TaskId)?.Title}", Note).ToCrossFunctional();
}
