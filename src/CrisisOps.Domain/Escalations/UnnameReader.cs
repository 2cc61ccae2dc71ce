using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Takes a person off the readers of the RED entries. By the person, by somebody who needs to know, or a duty lead (domain §4).</summary>
public sealed record UnnameReader(string Person, string? Reason = null) : Command, IEscalationCommand<UnnameReader>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("unname-reader", Givers.Specialists);

    public static Ruling Decide(UnnameReader command, Escalation state, DecisionContext context)
    {
        if (!NeedToKnow.Names(state, context.Caller))
        {
            return Ruling.Refuse("namer-needs-to-know", "A reader is taken off by an owner, a named reader, or a duty lead.");
        }

        return state.NamedReaders.Contains(command.Person)
            ? Ruling.Accept(new ReaderUnnamed(command.Person, command.Reason))
            : Ruling.Refuse("reader-named", $"'{command.Person}' is not named as a reader.");
    }

    public static IEnumerable<UnnameReader> Samples(Escalation state, DecisionContext context) =>
        state.Stage == EscalationState.None
            ? [new("spec-21", "left the case")]
            : state.NamedReaders.Select(person => new UnnameReader(person, "left the case"));
}

public sealed record ReaderUnnamed(string Person, string? Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { NamedReaders = state.NamedReaders.Remove(Person) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) => new(EntryKind.RoleChange, $"{Person} no longer reads RED entries", Reason);
}
