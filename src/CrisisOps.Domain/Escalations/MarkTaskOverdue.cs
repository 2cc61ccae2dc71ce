using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>The due time of an open task. A timer of an older generation does nothing (domain §2.1).</summary>
public sealed record MarkTaskOverdue(string TaskId, int Generation) : Command, IEscalationCommand<MarkTaskOverdue>
{
    public static CommandRule<Escalation> Rule { get; } = new("mark-task-overdue", Givers.Timers, _ => true);

    public static Ruling Decide(MarkTaskOverdue command, Escalation state, DecisionContext context) =>
        state.Tasks.RanOut(command.TaskId, command.Generation, context.Now) is { } task
            ? Ruling.Accept(new TaskOverdue(task.TaskId, task.DueAt!.Value))
            : Ruling.Refuse("deadline-current", "This task is done, was moved, or is not due.");

    public static IEnumerable<MarkTaskOverdue> Samples(Escalation state, DecisionContext context) => [];
}

public sealed record TaskOverdue(string TaskId, DateTimeOffset DueAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Tasks = state.Tasks.Change(TaskId, task => task with { Overdue = true }) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"{TaskId} is overdue since {DueAt:HH:mm}Z: {after.Tasks.Find(TaskId)?.Title}").ToCrossFunctional();
}
