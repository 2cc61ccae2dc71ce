using System.Collections.Immutable;

namespace CrisisOps.Domain.Shared;

/// <summary>A piece of work on a case, a crisis or an election (domain §9.4). Open tasks block its close.</summary>
/// <param name="BlockedBy">Ids of older tasks of the same stream.</param>
public sealed record CaseTask(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, IReadOnlyList<string> BlockedBy)
{
    public CaseTaskState State { get; init; } = CaseTaskState.Open;

    /// <summary>Grows with each assignment that moves the due time, so that an older timer does nothing.</summary>
    public int Generation { get; init; } = 1;

    public bool Overdue { get; init; }
    public bool Open => State == CaseTaskState.Open;

    /// <summary>With an owner, and a new due time if one is named.</summary>
    public CaseTask Assigned(string owner, DateTimeOffset? dueAt) => dueAt is null
        ? this with { Owner = owner }
        : this with { Owner = owner, DueAt = dueAt, Generation = Generation + 1, Overdue = false };
}

public enum CaseTaskState { Open, Completed, Cancelled }

/// <summary>The tasks of a stream, and the guards that all kinds of streams share.</summary>
internal static class CaseTasks
{
    public static CaseTask? Find(this ImmutableList<CaseTask> tasks, string? id) => tasks.Find(t => t.TaskId == id);

    public static ImmutableList<CaseTask> Change(this ImmutableList<CaseTask> tasks, string id, Func<CaseTask, CaseTask> change)
    {
        var index = tasks.FindIndex(t => t.TaskId == id);
        return tasks.SetItem(index, change(tasks[index]));
    }

    /// <summary>The open task of this id, or the refusal that says why there is none.</summary>
    /// <param name="where">For the sentence, for example <c>on this case</c>.</param>
    public static (CaseTask? Task, Ruling? Refused) FindOpen(this ImmutableList<CaseTask> tasks, string? id, string where) => tasks.Find(id) switch
    {
        null => (null, Ruling.Refuse("task-open", $"There is no task '{id}' {where}.")),
        { Open: false } task => (null, Ruling.Refuse("task-open", $"{task.TaskId} is {task.State}.")),
        var task => (task, null),
    };

    /// <summary>The id of the next task and what it waits for, or the refusal. A task can only wait for older ones, so there are no cycles.</summary>
    public static (string TaskId, string[] Blockers, Ruling? Refused) Next(
        this ImmutableList<CaseTask> tasks, DateTimeOffset? dueAt, IReadOnlyList<string>? blockedBy, DateTimeOffset now, string where)
    {
        string[] blockers = [.. (blockedBy ?? []).Distinct(StringComparer.Ordinal)];
        var unknown = Array.Find(blockers, id => tasks.Find(id) is null);
        return ($"TSK-{tasks.Count + 1}", blockers, DueAhead(dueAt, now) ?? (unknown is null ? null : Ruling.Refuse("blocking-task-known", $"There is no task '{unknown}' {where}.")));
    }

    public static Ruling? DueAhead(DateTimeOffset? dueAt, DateTimeOffset now) => dueAt <= now ? Ruling.Refuse("due-ahead", "dueAt must lie ahead.") : null;

    /// <summary>Refused while a task that this one waits for is open.</summary>
    public static Ruling? Waits(this ImmutableList<CaseTask> tasks, CaseTask task)
    {
        string[] open = [.. task.BlockedBy.Where(id => tasks.Find(id) is { Open: true })];
        return open.Length == 0
            ? null
            : Ruling.Refuse("blocking-tasks-done", $"{task.TaskId} waits for {string.Join(", ", open)}; complete or cancel those first.", "complete-task", "cancel-task");
    }

    /// <summary>The task of this generation whose due time has passed, if that was not recorded yet.</summary>
    public static CaseTask? RanOut(this ImmutableList<CaseTask> tasks, string? id, int generation, DateTimeOffset now) =>
        tasks.Find(id) is { Open: true, Overdue: false, DueAt: { } due } task && task.Generation == generation && due <= now ? task : null;

    /// <summary>Owner, due time and what it waits for, in words; null when there is nothing to say.</summary>
    public static string? Terms(string? owner, DateTimeOffset? dueAt, IReadOnlyList<string> blockedBy)
    {
        string?[] parts =
        [
            owner is null ? null : $"for {owner}", dueAt is { } due ? $"due {due:yyyy-MM-dd HH:mm}Z" : null, blockedBy.Count > 0 ? $"after {string.Join(", ", blockedBy)}" : null,
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } terms ? terms : null;
    }
}
