using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>A piece of work with an owner, a due time and tasks that must be done before it (domain §9.4). Open tasks block close.</summary>
/// <param name="BlockedBy">Ids of tasks of this election. A task can only wait for older ones, so there are no cycles.</param>
public sealed record AddElectionTask(string Title, string? Owner = null, DateTimeOffset? DueAt = null, IReadOnlyList<string>? BlockedBy = null)
    : Command, IElectionCommand<AddElectionTask>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionTaskList.Rule("add-task");

    public static Ruling Decide(AddElectionTask command, ElectionEvent state, DecisionContext context)
    {
        if (command.DueAt <= context.Now)
        {
            return Ruling.Refuse("due-ahead", "dueAt must lie ahead.");
        }

        string[] blockers = [.. (command.BlockedBy ?? []).Distinct(StringComparer.Ordinal)];
        return Array.FindIndex(blockers, id => state.Task(id) is null) is >= 0 and var unknown
            ? Ruling.Refuse("blocking-task-known", $"There is no task '{blockers[unknown]}' on this election.")
            : Ruling.Accept(new ElectionTaskAdded($"TSK-{state.Tasks.Count + 1}", command.Title, command.Owner, command.DueAt, blockers));
    }

    public static IEnumerable<AddElectionTask> Samples(ElectionEvent state, DecisionContext context) =>
        [new("Ask the commission for the list of polling stations", context.Caller.Id, context.Now.AddHours(2))];
}

public sealed record ElectionTaskAdded(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, IReadOnlyList<string> BlockedBy) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Tasks = state.Tasks.Add(new CaseTask(TaskId, Title, Owner, DueAt, BlockedBy)) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        string?[] parts =
        [
            Owner is null ? null : $"for {Owner}", DueAt is { } due ? $"due {due:yyyy-MM-dd HH:mm}Z" : null,
            BlockedBy.Count > 0 ? $"after {string.Join(", ", BlockedBy)}" : null,
        ];
        return new Entry(EntryKind.Task, $"{TaskId} added: {Title}", UpdateText.Join(parts)).ToCrossFunctional();
    }
}

/// <summary>The tasks of an election by id.</summary>
internal static class ElectionTaskList
{
    public static CommandRule<ElectionEvent> Rule(string name) => ElectionGivers.WhileOpen(name, ElectionGivers.Everyone);

    public static CaseTask? Task(this ElectionEvent state, string? id) => state.Tasks.Find(t => t.TaskId == id);

    /// <summary>The open task of this id, or the refusal that says why there is none.</summary>
    public static (CaseTask? Task, Ruling? Refused) OpenTask(this ElectionEvent state, string? id) => state.Task(id) switch
    {
        null => (null, Ruling.Refuse("task-open", $"There is no task '{id}' on this election.")),
        { Open: false } task => (null, Ruling.Refuse("task-open", $"{task.TaskId} is {task.State}.")),
        var task => (task, null),
    };

    public static ElectionEvent ChangeTask(this ElectionEvent state, string id, Func<CaseTask, CaseTask> change)
    {
        var index = state.Tasks.FindIndex(t => t.TaskId == id);
        return state with { Tasks = state.Tasks.SetItem(index, change(state.Tasks[index])) };
    }

    /// <summary>Tasks that stand in the way of this one.</summary>
    public static ImmutableArray<string> Blockers(this ElectionEvent state, CaseTask task) => [.. task.BlockedBy.Where(id => state.Task(id) is { Open: true })];
}
