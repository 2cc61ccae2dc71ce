using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Corrects a note. The old text stays in history and with Core; every other reader sees the new one.</summary>
/// <param name="Entry">The version of the note, as in its entry id <c>ESC-2027-000101@7</c>.</param>
public sealed record CorrectNote(long Entry, string Text, string Reason) : Command, IEscalationCommand<CorrectNote>, INamesEntry
{
    private static readonly ImmutableArray<string> _notes = [nameof(EscalationNotePosted), nameof(NoteCorrected)];

    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("correct-note", Givers.Specialists, EscalationState.Resolved, EscalationState.Closed);

    long INamesEntry.EntryVersion => Entry;

    public static Ruling Decide(CorrectNote command, Escalation state, DecisionContext context) => context.Entry switch
    {
        { } entry when entry.Version == command.Entry && Amending.Exists(entry, state, context.Caller) => Known(entry, command, context.Caller),
        _ => Ruling.Refuse("note-exists", $"There is no entry {command.Entry} on this timeline."),
    };

    public static IEnumerable<CorrectNote> Samples(Escalation state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, "Second re-upload found and removed.", "miscounted")]
        : state.Stage == EscalationState.None ? [new(7, "Second re-upload found and removed.", "miscounted")]
        : [];

    public static Candidates? ChoosesFrom(Escalation state, Caller caller) => new Candidates.NewestEntry(Amending.OfOthers(state, caller), _notes, []);

    private static Ruling Known(EntryFacts entry, CorrectNote command, Caller caller)
    {
        if (!_notes.Contains(entry.Kind))
        {
            return Ruling.Refuse("entry-is-a-note", "Only notes are corrected; other entries are redacted.", "redact-entry");
        }

        if (entry.Withdrawn)
        {
            return Ruling.Refuse("note-current", "This note was corrected or redacted already; correct the newest one.");
        }

        return entry.Author != caller.Id && !caller.Is(Role.DutyLead)
            ? Ruling.Refuse("own-note", "A note is corrected by its author or a duty lead.")
            : Ruling.Accept(new NoteCorrected(command.Entry, command.Text, command.Reason));
    }
}

/// <summary>Which entries somebody may correct or redact: their own, and a duty lead those of others that a duty lead may read.</summary>
internal static class Amending
{
    /// <summary>Whether the entry is there at all for this caller; whoever wrote it knows that.</summary>
    public static bool Exists(EntryFacts entry, Escalation state, Caller caller) =>
        entry.Author == caller.Id || entry.Tlp <= NeedToKnow.ReadsUpTo(state, caller);

    /// <summary>The most secret entry of somebody else that this caller may amend; null for none.</summary>
    public static Tlp? OfOthers(Escalation state, Caller caller) => caller.Is(Role.DutyLead) ? NeedToKnow.ReadsUpTo(state, caller) : null;
}

public sealed record NoteCorrected(long Entry, string Text, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state;

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Correction, Text, Reason) { Supersedes = Entry, ReplacementText = Text }.ToCrossFunctional(Text);
}
