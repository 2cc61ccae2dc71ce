using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>A task that nobody needs any more; it holds nothing up (domain §9.4).</summary>
public sealed record CancelElectionTask(string TaskId, string Reason) : Command, IElectionCommand<CancelElectionTask>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionTaskList.Rule("cancel-task");

    public static Ruling Decide(CancelElectionTask command, ElectionEvent state, DecisionContext context) =>
        state.Tasks.FindOpen(command.TaskId, "on this election").Refused ?? Ruling.Accept(new ElectionTaskCancelled(command.TaskId, command.Reason));

    public static IEnumerable<CancelElectionTask> Samples(ElectionEvent state, DecisionContext context) =>
        (state.Stage == ElectionPhase.None ? ["TSK-1"] : state.OpenTasks.Select(t => t.TaskId)).Select(id => new CancelElectionTask(id, "no longer needed"));
}

public sealed record ElectionTaskCancelled(string TaskId, string Reason) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { State = CaseTaskState.Cancelled }) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} cancelled: {after.Tasks.Find(TaskId)?.Title}", Reason).ToCrossFunctional();
}
