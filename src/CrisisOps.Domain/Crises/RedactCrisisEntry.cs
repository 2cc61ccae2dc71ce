using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Hides the text of an entry from everybody but Core, at any time; nothing is deleted (domain §2, "never edit"). The proposal stays.</summary>
/// <param name="Entry">The version of the entry, as in its entry id <c>CR-2027-0007@7</c>.</param>
public sealed record RedactCrisisEntry(long Entry, string Reason) : Command, ICrisisCommand<RedactCrisisEntry>, INamesEntry
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.OnceProposed("redact-entry");

    long INamesEntry.EntryVersion => Entry;

    public static Ruling Decide(RedactCrisisEntry command, Crisis state, DecisionContext context)
    {
        if (context.Entry is not { } entry || entry.Version != command.Entry || entry.Tlp > context.Caller.Clearance)
        {
            return Ruling.Refuse("entry-exists", $"There is no entry {command.Entry} on this timeline.");
        }

        if (NoteGuard.Own(entry, "own-entry", state, context) is { } refused)
        {
            return refused;
        }

        if (entry.Version <= 1 || entry.Kind == nameof(CrisisEntryRedacted))
        {
            return Ruling.Refuse("entry-redactable", "The proposal and the marks of redactions stay; redact what was written since.");
        }

        return entry.Withdrawn
            ? Ruling.Refuse("entry-current", "This entry was corrected or redacted already.")
            : Ruling.Accept(new CrisisEntryRedacted(command.Entry, command.Reason));
    }

    public static IEnumerable<RedactCrisisEntry> Samples(Crisis state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, "names a victim")]
        : state.Stage == CrisisState.None ? [new(7, "names a victim")]
        : Enumerable.Range(0, 3).Select(back => state.Version - back).Where(version => version > 1).Select(version => new RedactCrisisEntry(version, "names a victim"));

    public static Candidates? ChoosesFrom(Crisis state, Caller caller) =>
        new Candidates.NewestEntry(NoteGuard.OfOthers(state, caller), [], [nameof(CrisisEntryRedacted)]);
}

public sealed record CrisisEntryRedacted(long Entry, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) =>
        state.Updates.FindIndex(u => u.EntryVersion == Entry) is >= 0 and var index ? state with { Updates = state.Updates.SetItem(index, state.Updates[index] with { Redacted = true }) } : state;

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new(EntryKind.Correction, $"Entry {Entry} redacted", Reason) { Supersedes = Entry };
}
