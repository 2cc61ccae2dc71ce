using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Corrects an update: the same audiences read the new text, and the old one stays in history with Core only. Given by whoever may post to them.</summary>
/// <param name="UpdateId">The newest revision, for example <c>U-1</c> or <c>U-1r1</c>.</param>
/// <param name="Texts">Texts of their own for audiences that had one; every other reads the condition.</param>
public sealed record CorrectElectionUpdate(
    string UpdateId, string Reason, string Condition, string? Actions = null, string? Needs = null, IReadOnlyList<UpdateFor?>? Texts = null)
    : Command, IElectionCommand<CorrectElectionUpdate>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("correct-update", ElectionGivers.Everyone);

    public static Ruling Decide(CorrectElectionUpdate command, ElectionEvent state, DecisionContext context)
    {
        if (state.Updates.Find(u => u.UpdateId == command.UpdateId) is not { } update)
        {
            return Ruling.Refuse(
                "update-current", state.Updates.Find(u => u.BaseId == command.UpdateId) is { } newer ? $"{command.UpdateId} was corrected already; correct {newer.UpdateId}." : $"There is no update '{command.UpdateId}'.");
        }

        UpdateFor[] audiences =
            [.. update.Audiences.Select(a => new UpdateFor(a.Audience, command.Texts?.LastOrDefault(t => t?.Audience == a.Audience)?.Text))];
        if (ElectionUpdateGuard.Check(audiences, context) is { } refused)
        {
            return refused;
        }

        return string.IsNullOrWhiteSpace(command.Condition) || string.IsNullOrWhiteSpace(command.Reason)
            ? Ruling.Refuse("condition-given", "Say in condition what is true, and in reason what was wrong.")
            : Ruling.Accept(new ElectionUpdateCorrected(
                $"{update.BaseId}r{update.Revision + 1}", update.UpdateId, update.EntryVersion, command.Reason, audiences, command.Tlp ?? update.Tlp, command.Condition,
                command.Actions, command.Needs));
    }

    public static IEnumerable<CorrectElectionUpdate> Samples(ElectionEvent state, DecisionContext context) =>
        (state.Stage == ElectionPhase.None ? ["U-1"] : state.Updates.Reverse().Select(u => u.UpdateId))
            .Select(id => new CorrectElectionUpdate(id, "the hours were wrong", "Polling stations close at 20:00."));
}

/// <param name="UpdateId">The new revision, for example <c>U-1r1</c>.</param>
/// <param name="Supersedes">The revision before.</param>
/// <param name="Entry">The version of the event whose entry it replaces.</param>
public sealed record ElectionUpdateCorrected(
    string UpdateId,
    string Supersedes,
    long Entry,
    string Reason,
    IReadOnlyList<UpdateFor> Audiences,
    Tlp Tlp,
    string Condition,
    string? Actions,
    string? Needs) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Updates = state.Updates.ConvertAll(u => u.UpdateId == Supersedes
            ? u with { UpdateId = UpdateId, Revision = u.Revision + 1, EntryVersion = stamp.Version, Audiences = Audiences, Tlp = Tlp, Condition = Condition }
            : u),
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        string?[] core = [$"instead of {Supersedes}: {Reason}", Actions is null ? null : $"Actions: {Actions}", Needs is null ? null : $"Needs: {Needs}"];
        var entry = new Entry(EntryKind.Correction, $"{UpdateId}: {Condition}", UpdateText.Join(core)) { Tlp = Tlp, Supersedes = Entry };
        entry = entry.AddressedTo(UpdateId, Audiences, Condition, Actions, Needs, next: null);
        return entry.Others.TryGetValue(Audience.CrossFunctional, out var told) ? entry with { ReplacementText = told.Headline } : entry;
    }
}
