using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Hides the text of an entry from everybody but Core, at any time; nothing is deleted (domain §2, "never edit"). The registration stays.</summary>
/// <param name="Entry">The version of the entry, as in its entry id <c>EL-XN-2027-01@7</c>.</param>
public sealed record RedactElectionEntry(long Entry, string Reason) : Command, IElectionCommand<RedactElectionEntry>, INamesEntry
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.OnceRegistered("redact-entry", ElectionGivers.Everyone);

    long INamesEntry.EntryVersion => Entry;

    public static Ruling Decide(RedactElectionEntry command, ElectionEvent state, DecisionContext context)
    {
        if (context.Entry is not { } entry || entry.Version != command.Entry || entry.Tlp > context.Caller.Clearance)
        {
            return Ruling.Refuse("entry-exists", $"There is no entry {command.Entry} on this timeline.");
        }

        if (ElectionEntryGuard.Own(entry, "own-entry", context) is { } refused)
        {
            return refused;
        }

        if (entry.Version <= 1 || entry.Kind == nameof(ElectionEntryRedacted))
        {
            return Ruling.Refuse("entry-redactable", "The registration and the marks of redactions stay; redact what was written since.");
        }

        return entry.Withdrawn
            ? Ruling.Refuse("entry-current", "This entry was corrected or redacted already.")
            : Ruling.Accept(new ElectionEntryRedacted(command.Entry, command.Reason));
    }

    public static IEnumerable<RedactElectionEntry> Samples(ElectionEvent state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, "names a person")]
        : state.Stage == ElectionPhase.None ? [new(7, "names a person")]
        : [];

    public static Candidates? ChoosesFrom(ElectionEvent state, Caller caller) =>
        new Candidates.NewestEntry(ElectionEntryGuard.OfOthers(caller), [], [nameof(ElectionEntryRedacted)]);
}

public sealed record ElectionEntryRedacted(long Entry, string Reason) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state;

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new(EntryKind.Correction, $"Entry {Entry} redacted", Reason) { Supersedes = Entry };
}
