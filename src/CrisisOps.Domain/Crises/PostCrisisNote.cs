using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>A note for colleagues; no update, and it keeps no promise.</summary>
/// <param name="CoreOnly">Keeps it from the consulted functions.</param>
public sealed record PostCrisisNote(string Text, bool CoreOnly = false) : Command, ICrisisCommand<PostCrisisNote>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("post-note", CrisisState.Proposed, CrisisState.StoodDown, CrisisState.UnderReview);

    public static Ruling Decide(PostCrisisNote command, Crisis state, DecisionContext context) =>
        NoteGuard.Writer(state, context) ?? Ruling.Accept(new CrisisNotePosted(command.Text, command.CoreOnly));

    public static IEnumerable<PostCrisisNote> Samples(Crisis state, DecisionContext context) => [new("Two partners asked for the hashes again.")];
}

public sealed record CrisisNotePosted(string Text, bool CoreOnly) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state;

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.Note, Text);
        return CoreOnly ? entry : entry.ToCrossFunctional();
    }
}

internal static class NoteGuard
{
    /// <summary>Specialists, duty leads, and whoever holds any role in this crisis.</summary>
    public static Ruling? Writer(Crisis state, DecisionContext context) =>
        state.Roles.Any(r => r.Person == context.Caller.Id) ? null : CrisisGivers.Everyone.Check(state, context);

    /// <summary>What was written is changed by its author, the scribe, command or a duty lead.</summary>
    public static Ruling? Own(EntryFacts entry, string guard, Crisis state, DecisionContext context) =>
        entry.Author == context.Caller.Id || context.Caller.Is(Role.DutyLead) || state.Holds(context.Caller.Id, CrisisGivers.Everyone.Holders)
            ? null
            : Ruling.Refuse(guard, "This is changed by its author, the scribe, the command or a duty lead.");

    /// <summary>The most secret entry of somebody else that this caller changes; null when only the caller's own.</summary>
    public static Tlp? OfOthers(Crisis state, Caller caller) =>
        caller.Is(Role.DutyLead) || state.Holds(caller.Id, CrisisGivers.Everyone.Holders) ? caller.Clearance : null;
}
