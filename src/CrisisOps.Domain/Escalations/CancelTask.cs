using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Takes a task off the list, with a reason; what waited for it waits no longer (domain §9.4).</summary>
public sealed record CancelTask(string TaskId, string Reason) : Command, IEscalationCommand<CancelTask>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("cancel-task", Givers.Specialists, EscalationState.Resolved);

    public static Ruling Decide(CancelTask command, Escalation state, DecisionContext context) =>
        state.Tasks.FindOpen(command.TaskId, "on this case") is { Refused: { } refused } ? refused : Ruling.Accept(new TaskCancelled(command.TaskId, command.Reason));

    public static IEnumerable<CancelTask> Samples(Escalation state, DecisionContext context) =>
        state.Tasks.IsEmpty
            ? [new("TSK-1", "no longer needed")]
            : state.OpenTasks.Select(t => new CancelTask(t.TaskId, "no longer needed"));
}

public sealed record TaskCancelled(string TaskId, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { State = CaseTaskState.Cancelled }) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} cancelled: {after.Tasks.Find(TaskId)?.Title}", Reason).ToCrossFunctional();
}
