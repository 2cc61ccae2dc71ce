using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Names a person who may read the RED entries of this case (TLP 2.0, domain §4). Named by somebody who needs to know it
/// already, or a duty lead; never by oneself.
/// </summary>
public sealed record NameReader(string Person, string Reason) : Command, IEscalationCommand<NameReader>, INamesPeople
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("name-reader", Givers.Specialists);

    public IEnumerable<string> People(string caller) => Person is null ? [] : [Person];

    public static Ruling Decide(NameReader command, Escalation state, DecisionContext context)
    {
        if (command.Person == context.Caller.Id)
        {
            return Ruling.Refuse("not-oneself", "Nobody names themselves; a duty lead reads by break-glass.", "break-glass-read");
        }

        if (!NeedToKnow.Names(state, context.Caller))
        {
            return Ruling.Refuse("namer-needs-to-know", "A reader is named by an owner, a named reader, or a duty lead.");
        }

        if (state.Owns(command.Person) || state.NamedReaders.Contains(command.Person))
        {
            return Ruling.Refuse("reader-new", $"'{command.Person}' reads the RED entries already.");
        }

        return context.Person(command.Person) switch
        {
            null => Ruling.Refuse("reader-known", $"The directory does not know '{command.Person}'."),
            { Clearance: < Shared.Tlp.RED } => Ruling.Refuse("reader-cleared", $"'{command.Person}' is not cleared for TLP:RED."),
            _ => Ruling.Accept(new ReaderNamed(command.Person, command.Reason)),
        };
    }

    public static IEnumerable<NameReader> Samples(Escalation state, DecisionContext context) =>
        state.Stage == EscalationState.None
            ? [new("spec-21", "relieves the owner at 18:00")]
            : context.People.Keys.Order(StringComparer.Ordinal).Where(person => person != context.Caller.Id).Select(person => new NameReader(person, "works on this case"));

    public static Candidates? ChoosesFrom(Escalation state, Caller caller) => NeedToKnow.Names(state, caller)
        ? new Candidates.Colleagues(Shared.Tlp.RED, [caller.Id, .. state.Owner is { } owner ? [owner] : Array.Empty<string>(), .. state.CoOwners, .. state.NamedReaders])
        : null;
}

public sealed record ReaderNamed(string Person, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { NamedReaders = state.NamedReaders.Add(Person) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) => new(EntryKind.RoleChange, $"{Person} may read RED entries", Reason);
}

internal static class NeedToKnow
{
    /// <summary>The most secret entry of this case that the caller reads: RED only by name, or by break-glass.</summary>
    public static Tlp ReadsUpTo(Escalation state, Caller caller) =>
        state.GlassBreaks.Exists(g => g.Person == caller.Id) ? Tlp.RED
        : caller.Clearance < Tlp.RED || state.Owns(caller.Id) || state.NamedReaders.Contains(caller.Id) ? caller.Clearance
        : Tlp.AmberStrict;

    /// <summary>Who may say who else needs to know: whoever knows, and the duty lead; the raiser until somebody owns the case.</summary>
    public static bool Names(Escalation state, Caller caller) =>
        caller.Is(Role.DutyLead) || state.Owns(caller.Id) || state.NamedReaders.Contains(caller.Id) || (state.Owner is null && state.RaisedBy == caller.Id);
}
