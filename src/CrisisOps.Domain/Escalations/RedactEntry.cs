using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Hides the text of an entry from everybody but Core, at any time; nothing is deleted (domain §2, "never edit"). The raise stays.</summary>
/// <param name="Entry">The version of the entry, as in its entry id <c>ESC-2027-000101@7</c>.</param>
public sealed record RedactEntry(long Entry, string Reason) : Command, IEscalationCommand<RedactEntry>, INamesEntry
{
    public static CommandRule<Escalation> Rule { get; } = new("redact-entry", Givers.Consulted, state => state.Stage != EscalationState.None);

    long INamesEntry.EntryVersion => Entry;

    public static Ruling Decide(RedactEntry command, Escalation state, DecisionContext context) => context.Entry switch
    {
        { } entry when entry.Version == command.Entry && Amending.Exists(entry, state, context.Caller) => Known(entry, command, context.Caller),
        _ => Ruling.Refuse("entry-exists", $"There is no entry {command.Entry} on this timeline."),
    };

    public static IEnumerable<RedactEntry> Samples(Escalation state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, "names a victim")]
        : state.Stage == EscalationState.None ? [new(7, "names a victim")]
        : [];

    public static Candidates? ChoosesFrom(Escalation state, Caller caller) =>
        new Candidates.NewestEntry(Amending.OfOthers(state, caller), [], [nameof(EntryRedacted)]);

    private static Ruling Known(EntryFacts entry, RedactEntry command, Caller caller)
    {
        if (entry.Author != caller.Id && !caller.Is(Role.DutyLead))
        {
            return Ruling.Refuse("own-entry", "An entry is redacted by its author or a duty lead.");
        }

        if (entry.Version <= 1 || entry.Kind == nameof(EntryRedacted))
        {
            return Ruling.Refuse("entry-redactable", "The raise and the marks of redactions stay; redact what was written since.");
        }

        return entry.Withdrawn
            ? Ruling.Refuse("entry-current", "This entry was corrected or redacted already.")
            : Ruling.Accept(new EntryRedacted(command.Entry, command.Reason));
    }
}

public sealed record EntryRedacted(long Entry, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state;

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Correction, $"Entry {Entry} redacted", Reason) { Supersedes = Entry };
}
