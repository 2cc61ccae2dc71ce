using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Gives a triaged case an owner. Outside an active shift, or to oneself, it takes a reason (domain §9.1).</summary>
public sealed record Assign(string Assignee, string? Reason = null, IReadOnlyList<string>? CoOwners = null)
    : Command, IEscalationCommand<Assign>, INamesPeople
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("assign", Givers.Specialists, EscalationState.Triaged);

    public IEnumerable<string> People(string caller) => [Assignee, .. CoOwners ?? []];

    public static Ruling Decide(Assign command, Escalation state, DecisionContext context) =>
        AssigneeGuard.Check(command.Assignee, command.Reason, command.CoOwners, state, context) is { } refused
            ? refused
            : Ruling.Accept(new EscalationAssigned(command.Assignee, context.Person(command.Assignee)?.Shift, command.CoOwners ?? [], command.Reason));

    public static IEnumerable<Assign> Samples(Escalation state, DecisionContext context) =>
        [new(context.Caller.Id, "I take it")];
}

/// <summary>Who may own a case: on an active shift and cleared, or with a reason; never above their clearance.</summary>
internal static class AssigneeGuard
{
    public static Ruling? Check(string assignee, string? reason, IReadOnlyList<string>? coOwners, Escalation state, DecisionContext context)
    {
        foreach (var person in coOwners ?? [])
        {
            if (context.Person(person) is null)
            {
                return Ruling.Refuse("assignee-known", $"The directory does not know '{person}'.");
            }
        }

        // What the caller's own token says of the caller is known; of anybody else only the directory knows.
        var self = assignee == context.Caller.Id;
        var clearance = self ? context.Caller.Clearance : context.Person(assignee)?.Clearance;
        if (clearance is null)
        {
            return Ruling.Refuse("assignee-known", $"The directory does not know '{assignee}'; assign somebody it knows, or take the case yourself.", "take");
        }

        if (clearance < state.Tlp)
        {
            return Ruling.Refuse("assignee-cleared", $"'{assignee}' is not cleared for TLP:{TlpNames.Of(state.Tlp)}.");
        }

        var facts = context.Person(assignee);
        var ready = facts is not null && facts.OnShift(context.Now) && (state.PolicyArea == PolicyArea.Undetermined || facts.ClearedAreas.Contains(state.PolicyArea));
        return ready || !string.IsNullOrWhiteSpace(reason)
            ? null
            : Ruling.Refuse("assignee-on-shift", $"'{assignee}' is not known to be on an active shift and cleared for {state.PolicyArea}; say why with a reason.");
    }
}

public sealed record EscalationAssigned(string Assignee, string? Shift, IReadOnlyList<string> CoOwners, string? Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) =>
        state with { Stage = EscalationState.Assigned, Owner = Assignee, CoOwners = [.. CoOwners] };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.RoleChange, $"Assigned to {Assignee}", Reason).ToCrossFunctional($"Assigned to {Assignee}");
}
