using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>An update for colleagues. It tells nobody outside, so it does not move the update clock.</summary>
/// <param name="CoreOnly">Keeps it from the consulted functions.</param>
public sealed record PostNote(string Text, bool CoreOnly = false) : Command, IEscalationCommand<PostNote>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("post-note", Givers.SpecialistsAndRules, EscalationState.Resolved);

    public static Ruling Decide(PostNote command, Escalation state, DecisionContext context) =>
        Ruling.Accept(new EscalationNotePosted(command.Text, command.CoreOnly));

    public static IEnumerable<PostNote> Samples(Escalation state, DecisionContext context) => [new("Third re-upload found and removed.")];
}

public sealed record EscalationNotePosted(string Text, bool CoreOnly) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state;

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.Note, Text);
        return CoreOnly ? entry : entry.ToCrossFunctional();
    }
}
