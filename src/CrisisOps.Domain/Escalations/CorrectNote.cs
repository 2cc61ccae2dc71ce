using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Corrects a note. The old text stays in history and with Core; every other reader sees the new one.</summary>
/// <param name="Entry">The version of the note, as in its entry id <c>ESC-2027-000101@7</c>.</param>
public sealed record CorrectNote(long Entry, string Text, string Reason) : Command, IEscalationCommand<CorrectNote>, INamesEntry
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("correct-note", Givers.Specialists, EscalationState.Resolved, EscalationState.Closed);

    long INamesEntry.EntryVersion => Entry;

    public static Ruling Decide(CorrectNote command, Escalation state, DecisionContext context) => context.Entry switch
    {
        null => Ruling.Refuse("note-exists", $"There is no entry {command.Entry} on this timeline."),
        { Kind: not (nameof(EscalationNotePosted) or nameof(NoteCorrected)) } => Ruling.Refuse("entry-is-a-note", "Only notes are corrected; other entries are redacted.", "redact-entry"),
        { Withdrawn: true } => Ruling.Refuse("note-current", "This note was corrected or redacted already; correct the newest one."),
        var entry when entry.Author != context.Caller.Id && !context.Caller.Is(Role.DutyLead) =>
            Ruling.Refuse("own-note", "A note is corrected by its author or a duty lead."),
        _ => Ruling.Accept(new NoteCorrected(command.Entry, command.Text, command.Reason)),
    };

    public static IEnumerable<CorrectNote> Samples(Escalation state, DecisionContext context) =>
        context.Entry is { } entry ? [new(entry.Version, "Second re-upload found and removed.", "miscounted")]
        : state.Stage == EscalationState.None ? [new(7, "Second re-upload found and removed.", "miscounted")]
        : [];
}

public sealed record NoteCorrected(long Entry, string Text, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state;

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Correction, Text, Reason) { Supersedes = Entry, ReplacementText = Text }.ToCrossFunctional(Text);
}
