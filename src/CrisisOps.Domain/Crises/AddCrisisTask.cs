using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>A piece of work with an owner, a due time and tasks that must be done before it (domain §9.4). Open tasks block close.</summary>
/// <param name="BlockedBy">Ids of tasks of this crisis. A task can only wait for older ones, so there are no cycles.</param>
public sealed record AddCrisisTask(string Title, string? Owner = null, DateTimeOffset? DueAt = null, IReadOnlyList<string>? BlockedBy = null)
    : Command, ICrisisCommand<AddCrisisTask>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisTaskList.Rule("add-task");

    public static Ruling Decide(AddCrisisTask command, Crisis state, DecisionContext context)
    {
        if (NoteGuard.Writer(state, context) is { } refused)
        {
            return refused;
        }

        if (command.DueAt <= context.Now)
        {
            return Ruling.Refuse("due-ahead", "dueAt must lie ahead.");
        }

        string[] blockers = [.. (command.BlockedBy ?? []).Distinct(StringComparer.Ordinal)];
        return Array.FindIndex(blockers, id => state.Task(id) is null) is >= 0 and var unknown
            ? Ruling.Refuse("blocking-task-known", $"There is no task '{blockers[unknown]}' in this crisis.")
            : Ruling.Accept(new CrisisTaskAdded($"TSK-{state.Tasks.Count + 1}", command.Title, command.Owner, command.DueAt, blockers));
    }

    public static IEnumerable<AddCrisisTask> Samples(Crisis state, DecisionContext context) =>
        [new("Ask the video platform for its re-upload numbers", context.Caller.Id, context.Now.AddHours(2))];
}

public sealed record CrisisTaskAdded(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, IReadOnlyList<string> BlockedBy) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Tasks = state.Tasks.Add(new CaseTask(TaskId, Title, Owner, DueAt, BlockedBy)) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        string?[] parts =
        [
            Owner is null ? null : $"for {Owner}", DueAt is { } due ? $"due {due:yyyy-MM-dd HH:mm}Z" : null,
            BlockedBy.Count > 0 ? $"after {string.Join(", ", BlockedBy)}" : null,
        ];
        return new Entry(EntryKind.Task, $"{TaskId} added: {Title}", UpdateText.Join(parts)).ToCrossFunctional();
    }
}

/// <summary>The tasks of a crisis by id.</summary>
internal static class CrisisTaskList
{
    public static CommandRule<Crisis> Rule(string name) => CrisisGivers.Live(name, CrisisState.Proposed, CrisisState.StoodDown, CrisisState.UnderReview);

    public static CaseTask? Task(this Crisis state, string? id) => state.Tasks.Find(t => t.TaskId == id);

    /// <summary>The open task of this id, or the refusal that says why there is none.</summary>
    public static (CaseTask? Task, Ruling? Refused) OpenTask(this Crisis state, string? id) => state.Task(id) switch
    {
        null => (null, Ruling.Refuse("task-open", $"There is no task '{id}' in this crisis.")),
        { Open: false } task => (null, Ruling.Refuse("task-open", $"{task.TaskId} is {task.State}.")),
        var task => (task, null),
    };

    public static Crisis ChangeTask(this Crisis state, string id, Func<CaseTask, CaseTask> change)
    {
        var index = state.Tasks.FindIndex(t => t.TaskId == id);
        return state with { Tasks = state.Tasks.SetItem(index, change(state.Tasks[index])) };
    }

    /// <summary>Tasks that stand in the way of this one.</summary>
    public static ImmutableArray<string> Blockers(this Crisis state, CaseTask task) => [.. task.BlockedBy.Where(id => state.Task(id) is { Open: true })];
}
