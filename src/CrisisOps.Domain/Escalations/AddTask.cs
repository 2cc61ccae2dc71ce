using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>A piece of work with an owner, a due time and tasks that must be done before it (domain §9.4). Open tasks block Close.</summary>
/// <param name="BlockedBy">Ids of tasks of this case. A task can only wait for older ones, so there are no cycles.</param>
public sealed record AddTask(string Title, string? Owner = null, DateTimeOffset? DueAt = null, IReadOnlyList<string>? BlockedBy = null)
    : Command, IEscalationCommand<AddTask>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("add-task", Givers.Specialists, EscalationState.Resolved);

    public static Ruling Decide(AddTask command, Escalation state, DecisionContext context)
    {
        if (command.DueAt <= context.Now)
        {
            return Ruling.Refuse("due-ahead", "dueAt must lie ahead.");
        }

        string[] blockers = [.. (command.BlockedBy ?? []).Distinct(StringComparer.Ordinal)];
        return Array.FindIndex(blockers, id => state.Task(id) is null) is >= 0 and var unknown
            ? Ruling.Refuse("blocking-task-known", $"There is no task '{blockers[unknown]}' on this case.")
            : Ruling.Accept(new TaskAdded($"TSK-{state.Tasks.Count + 1}", command.Title, command.Owner, command.DueAt, blockers));
    }

    public static IEnumerable<AddTask> Samples(Escalation state, DecisionContext context) =>
        [new("Ask the video platform for the original upload", context.Caller.Id, context.Now.AddHours(2))];
}

public sealed record TaskAdded(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, IReadOnlyList<string> BlockedBy) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) =>
        state with { Tasks = state.Tasks.Add(new CaseTask(TaskId, Title, Owner, DueAt, BlockedBy)) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        string?[] parts =
        [
            Owner is null ? null : $"for {Owner}", DueAt is { } due ? $"due {due:yyyy-MM-dd HH:mm}Z" : null,
            BlockedBy.Count > 0 ? $"after {string.Join(", ", BlockedBy)}" : null,
        ];
        var body = string.Join(", ", parts.Where(p => p is not null));
        return new Entry(EntryKind.Task, $"{TaskId} added: {Title}", body.Length > 0 ? body : null).ToCrossFunctional();
    }
}

/// <summary>The tasks of a case by id.</summary>
internal static class TaskList
{
    public static CaseTask? Task(this Escalation state, string? id) => state.Tasks.Find(t => t.TaskId == id);

    /// <summary>The open task of this id, or the refusal that says why there is none.</summary>
    public static (CaseTask? Task, Ruling? Refused) OpenTask(this Escalation state, string? id) => state.Task(id) switch
    {
        null => (null, Ruling.Refuse("task-open", $"There is no task '{id}' on this case.")),
        { Open: false } task => (null, Ruling.Refuse("task-open", $"{task.TaskId} is {task.State}.")),
        var task => (task, null),
    };

    public static Escalation ChangeTask(this Escalation state, string id, Func<CaseTask, CaseTask> change)
    {
        var index = state.Tasks.FindIndex(t => t.TaskId == id);
        return state with { Tasks = state.Tasks.SetItem(index, change(state.Tasks[index])) };
    }

    /// <summary>Tasks that stand in the way of this one.</summary>
    public static ImmutableArray<string> Blockers(this Escalation state, CaseTask task) =>
        [.. task.BlockedBy.Where(id => state.Task(id) is { Open: true })];
}
