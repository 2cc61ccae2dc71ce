using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Files a resolved case: 72 hours without dispute, and no task open (domain §2.1). A dispute is a reopening.</summary>
public sealed record Close : Command, IEscalationCommand<Close>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("close", [.. Givers.Specialists, Role.System], EscalationState.Resolved);

    public static Ruling Decide(Close command, Escalation state, DecisionContext context)
    {
        // What was told at the end holds, whatever is configured since; a state from before that was kept has no such time.
        var from = state.ClosesAt ?? (state.ResolvedAt ?? context.Now) + context.Rules.ServiceLevels.CloseAfter;
        if (context.Now < from)
        {
            return Ruling.Refuse("dispute-time-over", $"It may be disputed until {from:yyyy-MM-dd HH:mm}Z, and is closed after that.");
        }

        return state.OpenTasks.Any()
            ? Ruling.Refuse("no-open-task", $"Open: {string.Join(", ", state.OpenTasks.Select(t => t.TaskId))}.", "complete-task", "cancel-task")
            : Ruling.Accept(new EscalationClosed());
    }

    public static IEnumerable<Close> Samples(Escalation state, DecisionContext context) => [new()];
}

public sealed record EscalationClosed : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Stage = EscalationState.Closed };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) => new Entry(EntryKind.StateChange, "Closed").ToCrossFunctional().ToExecutive("Closed");
}
