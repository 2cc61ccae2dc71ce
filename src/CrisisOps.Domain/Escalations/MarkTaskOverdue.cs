using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>The due time of an open task. A timer of an older generation does nothing (domain §2.1).</summary>
public sealed record MarkTaskOverdue(string TaskId, int Generation) : Command, IEscalationCommand<MarkTaskOverdue>
{
    public static CommandRule<Escalation> Rule { get; } = new("mark-task-overdue", Givers.Timers, _ => true);

    public static Ruling Decide(MarkTaskOverdue command, Escalation state, DecisionContext context) =>
        state.Task(command.TaskId) is { Open: true, Overdue: false, DueAt: { } due } task && task.Generation == command.Generation && due <= context.Now
            ? Ruling.Accept(new TaskOverdue(task.TaskId, due))
            : Ruling.Refuse("deadline-current", "This task is done, was moved, or is not due.");

    public static IEnumerable<MarkTaskOverdue> Samples(Escalation state, DecisionContext context) => [];
}

public sealed record TaskOverdue(string TaskId, DateTimeOffset DueAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.ChangeTask(TaskId, task => task with { Overdue = true });

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"{TaskId} is overdue since {DueAt:HH:mm}Z: {after.Task(TaskId)?.Title}").ToCrossFunctional();
}
