using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Corrects a note, at any time. The old text stays in history and with Core; every other reader sees the new one.</summary>
/// <param name="Entry">The version of the note, as in its entry id <c>EL-XN-2027-01@7</c>.</param>
public sealed record CorrectElectionNote(long Entry, string Text, string Reason) : Command, IElectionCommand<CorrectElectionNote>, INamesEntry
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.OnceRegistered("correct-note", ElectionGivers.Everyone);

    long INamesEntry.EntryVersion => Entry;

    public static Ruling Decide(CorrectElectionNote command, ElectionEvent state, DecisionContext context) => context.Entry switch
    {
        { } entry when entry.Version == command.Entry && entry.Tlp <= context.Caller.Clearance => Known(entry, command, context),
        _ => Ruling.Refuse("note-exists", $"There is no entry {command.Entry} on this timeline."),
    };

    public static IEnumerable<CorrectElectionNote> Samples(ElectionEvent state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, "The commission answers its telephone until 22:00.", "misheard")]
        : state.Stage == ElectionPhase.None ? [new(7, "The commission answers its telephone until 22:00.", "misheard")]
        : [];

    public static Candidates? ChoosesFrom(ElectionEvent state, Caller caller) =>
        new Candidates.NewestEntry(ElectionEntryGuard.OfOthers(caller), [nameof(ElectionNotePosted), nameof(ElectionNoteCorrected)], []);

    private static Ruling Known(EntryFacts entry, CorrectElectionNote command, DecisionContext context) => entry switch
    {
        { Kind: not (nameof(ElectionNotePosted) or nameof(ElectionNoteCorrected)) } =>
            Ruling.Refuse("entry-is-a-note", "Only notes are corrected here; updates have a correction of their own, other entries are redacted.", "correct-update", "redact-entry"),
        { Withdrawn: true } => Ruling.Refuse("note-current", "This note was corrected or redacted already; correct the newest one."),
        _ => ElectionEntryGuard.Own(entry, "own-note", context) ?? Ruling.Accept(new ElectionNoteCorrected(command.Entry, command.Text, command.Reason)),
    };
}

public sealed record ElectionNoteCorrected(long Entry, string Text, string Reason) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state;

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Correction, Text, Reason) { Supersedes = Entry, ReplacementText = Text }.ToCrossFunctional(Text);
}
