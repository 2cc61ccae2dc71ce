using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>A note for colleagues; no update.</summary>
/// <param name="CoreOnly">Keeps it from the consulted functions.</param>
public sealed record PostElectionNote(string Text, bool CoreOnly = false) : Command, IElectionCommand<PostElectionNote>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("post-note", ElectionGivers.Everyone);

    public static Ruling Decide(PostElectionNote command, ElectionEvent state, DecisionContext context) =>
        Ruling.Accept(new ElectionNotePosted(command.Text, command.CoreOnly));

    public static IEnumerable<PostElectionNote> Samples(ElectionEvent state, DecisionContext context) => [new("The commission answers its telephone until midnight.")];
}

public sealed record ElectionNotePosted(string Text, bool CoreOnly) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state;

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.Note, Text);
        return CoreOnly ? entry : entry.ToCrossFunctional();
    }
}

internal static class ElectionEntryGuard
{
    /// <summary>What was written is changed by its author or a lead.</summary>
    public static Ruling? Own(EntryFacts entry, string guard, DecisionContext context) =>
        entry.Author == context.Caller.Id || context.Caller.IsAny(ElectionGivers.Leads)
            ? null
            : Ruling.Refuse(guard, "This is changed by its author, the election lead or a duty lead.");

    /// <summary>The most secret entry of others that the caller may change; null means none.</summary>
    public static Tlp? OfOthers(Caller caller) => caller.IsAny(ElectionGivers.Leads) ? caller.Clearance : null;
}
