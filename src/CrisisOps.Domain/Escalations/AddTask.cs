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
        var (id, blockers, wrong) = state.Tasks.Next(command.DueAt, command.BlockedBy, context.Now, "on this case");
        return wrong ?? Ruling.Accept(new TaskAdded(id, command.Title, command.Owner, command.DueAt, blockers));
    }

    public static IEnumerable<AddTask> Samples(Escalation state, DecisionContext context) =>
        [new("Ask the video platform for the original upload", context.Caller.Id, context.Now.AddHours(2))];
}

public sealed record TaskAdded(string TaskId, string Title, string? Owner, DateTimeOffset? DueAt, IReadOnlyList<string> BlockedBy) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) =>
        state with { Tasks = state.Tasks.Add(new CaseTask(TaskId, Title, Owner, DueAt, BlockedBy)) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Task, $"{TaskId} added: {Title}", CaseTasks.Terms(Owner, DueAt, BlockedBy)).ToCrossFunctional();
}
