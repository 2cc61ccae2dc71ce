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
            : Ruling.Accept(new EscalationAssigned(
                command.Assignee, context.Person(command.Assignee)?.Shift, [.. (command.CoOwners ?? []).Where(p => p != command.Assignee).Distinct()], command.Reason));

    public static IEnumerable<Assign> Samples(Escalation state, DecisionContext context) =>
        [new(context.Caller.Id, "I take it"), .. AssigneeGuard.Colleagues(state, context).Select(person => new Assign(person, "speaks the language"))];

    public static Candidates? ChoosesFrom(Escalation state, Caller caller) => new Candidates.Colleagues(state.Tlp, [caller.Id]);
}

/// <summary>Who may own a case: on an active shift and cleared, or with a reason; nobody, co-owners neither, above their clearance.</summary>
internal static class AssigneeGuard
{
    public static Ruling? Check(string assignee, string? reason, IReadOnlyList<string>? coOwners, Escalation state, DecisionContext context)
    {
        foreach (var person in coOwners ?? [])
        {
            switch (context.Person(person))
            {
                case null:
                    return Ruling.Refuse("assignee-known", $"The directory does not know '{person}'.");
                case { } known when known.Clearance < state.Tlp:
                    return NotCleared(person, state);
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
            return NotCleared(assignee, state);
        }

        return (context.Person(assignee) is { } facts && Ready(facts, state, context)) || !string.IsNullOrWhiteSpace(reason)
            ? null
            : Ruling.Refuse("assignee-on-shift", $"'{assignee}' is not known to be on an active shift and cleared for {state.PolicyArea}; say why with a reason.");
    }

    /// <summary>Whom a sample may name: people of the directory who do not own the case, whoever needs no reason first.</summary>
    public static IEnumerable<string> Colleagues(Escalation state, DecisionContext context) =>
        context.People.Values.Where(p => p.Id != context.Caller.Id && p.Id != state.Owner)
            .OrderByDescending(p => Ready(p, state, context)).ThenBy(p => p.Id, StringComparer.Ordinal).Select(p => p.Id);

    private static bool Ready(PersonFacts person, Escalation state, DecisionContext context) =>
        person.OnShift(context.Now) && (state.PolicyArea == PolicyArea.Undetermined || person.ClearedAreas.Contains(state.PolicyArea));

    private static Ruling NotCleared(string person, Escalation state) =>
        Ruling.Refuse("assignee-cleared", $"'{person}' is not cleared for TLP:{TlpNames.Of(state.Tlp)}.");
}

public sealed record EscalationAssigned(string Assignee, string? Shift, IReadOnlyList<string> CoOwners, string? Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) =>
        state with { Stage = EscalationState.Assigned, Owner = Assignee, CoOwners = [.. CoOwners] };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.RoleChange, $"Assigned to {Assignee}", Reason).ToCrossFunctional($"Assigned to {Assignee}");
}
