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
        var (id, blockers, wrong) = state.Tasks.Next(command.DueAt, command.BlockedBy, context.Now, "on this election");
        return wrong ?? Ruling.Accept(new ElectionTaskAdded(id, command.Title, command.Owner, command.DueAt, blockers));
    }

    public static IEnumerable<AddElectionTask> Samples(ElectionEvent state, DecisionContext context) =>
        [new("Ask the commission for the list of polling stations", context.Caller.Id, context.Now.AddHours(2))];
}

public sealed record ElectionTaskAdded(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, IReadOnlyList<string> BlockedBy) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Tasks = state.Tasks.Add(new CaseTask(TaskId, Title, Owner, DueAt, BlockedBy)) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} added: {Title}", CaseTasks.Terms(Owner, DueAt, BlockedBy)).ToCrossFunctional();
}

/// <summary>When tasks are worked on.</summary>
internal static class ElectionTaskList
{
    public static CommandRule<ElectionEvent> Rule(string name) => ElectionGivers.WhileOpen(name, ElectionGivers.Everyone);
}
