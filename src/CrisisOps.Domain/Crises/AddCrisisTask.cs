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

        var (id, blockers, wrong) = state.Tasks.Next(command.DueAt, command.BlockedBy, context.Now, "in this crisis");
        return wrong ?? Ruling.Accept(new CrisisTaskAdded(id, command.Title, command.Owner, command.DueAt, blockers));
    }

    public static IEnumerable<AddCrisisTask> Samples(Crisis state, DecisionContext context) =>
        [new("Ask the video platform for its re-upload numbers", context.Caller.Id, context.Now.AddHours(2))];
}

public sealed record CrisisTaskAdded(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, IReadOnlyList<string> BlockedBy) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Tasks = state.Tasks.Add(new CaseTask(TaskId, Title, Owner, DueAt, BlockedBy)) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} added: {Title}", CaseTasks.Terms(Owner, DueAt, BlockedBy)).ToCrossFunctional();
}

/// <summary>When tasks are worked on.</summary>
internal static class CrisisTaskList
{
    public static CommandRule<Crisis> Rule(string name) => CrisisGivers.Live(name, CrisisState.Proposed, CrisisState.StoodDown, CrisisState.UnderReview);
}
