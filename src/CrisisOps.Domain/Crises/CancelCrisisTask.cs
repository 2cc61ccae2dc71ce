using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>A task that nobody needs any more; it holds nothing up (domain §9.4).</summary>
public sealed record CancelCrisisTask(string TaskId, string Reason) : Command, ICrisisCommand<CancelCrisisTask>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisTaskList.Rule("cancel-task");

    public static Ruling Decide(CancelCrisisTask command, Crisis state, DecisionContext context) =>
        NoteGuard.Writer(state, context) ?? state.Tasks.FindOpen(command.TaskId, "in this crisis").Refused ?? Ruling.Accept(new CrisisTaskCancelled(command.TaskId, command.Reason));

    public static IEnumerable<CancelCrisisTask> Samples(Crisis state, DecisionContext context) =>
        (state.Stage == CrisisState.None ? ["TSK-1"] : state.OpenTasks.Select(t => t.TaskId)).Select(id => new CancelCrisisTask(id, "no longer needed"));
}

public sealed record CrisisTaskCancelled(string TaskId, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { State = CaseTaskState.Cancelled }) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} cancelled: {after.Tasks.Find(TaskId)?.Title}", Reason).ToCrossFunctional();
}
