using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Corrects a note. The old text stays in history and with Core; every other reader sees the new one.</summary>
/// <param name="Entry">The version of the note, as in its entry id <c>CR-2027-0007@7</c>.</param>
public sealed record CorrectCrisisNote(long Entry, string Text, string Reason) : Command, ICrisisCommand<CorrectCrisisNote>, INamesEntry
{
    public static CommandRule<Crisis> Rule { get; } =
        CrisisGivers.Live("correct-note", CrisisState.Proposed, CrisisState.StoodDown, CrisisState.UnderReview, CrisisState.Closed);

    long INamesEntry.EntryVersion => Entry;

    public static Ruling Decide(CorrectCrisisNote command, Crisis state, DecisionContext context) => context.Entry switch
    {
        null => NoSuchNote(command),
        { } secret when secret.Version != command.Entry || secret.Tlp > context.Caller.Clearance => NoSuchNote(command),
        { Kind: not (nameof(CrisisNotePosted) or nameof(CrisisNoteCorrected)) } =>
            Ruling.Refuse("entry-is-a-note", "Only notes are corrected here; updates have a correction of their own, other entries are redacted.", "correct-update", "redact-entry"),
        { Withdrawn: true } => Ruling.Refuse("note-current", "This note was corrected or redacted already; correct the newest one."),
        var entry => NoteGuard.Own(entry, "own-note", state, context) ?? Ruling.Accept(new CrisisNoteCorrected(command.Entry, command.Text, command.Reason)),
    };

    public static IEnumerable<CorrectCrisisNote> Samples(Crisis state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, "One partner asked for the hashes again.", "miscounted")]
        : state.Stage == CrisisState.None ? [new(7, "One partner asked for the hashes again.", "miscounted")]
        : [];

    private static Ruling NoSuchNote(CorrectCrisisNote command) => Ruling.Refuse("note-exists", $"There is no entry {command.Entry} on this timeline.");

    public static Candidates? ChoosesFrom(Crisis state, Caller caller) =>
        new Candidates.NewestEntry(NoteGuard.OfOthers(state, caller), [nameof(CrisisNotePosted), nameof(CrisisNoteCorrected)], []);
}

public sealed record CrisisNoteCorrected(long Entry, string Text, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state;

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Correction, Text, Reason) { Supersedes = Entry, ReplacementText = Text }.ToCrossFunctional(Text);
}
