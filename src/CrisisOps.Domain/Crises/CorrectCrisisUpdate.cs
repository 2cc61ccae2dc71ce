using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Corrects an update: the same audiences read the new text, and the old one stays in history with Core only (domain §2.2).
/// Given by whoever may post to these audiences.
/// </summary>
/// <param name="UpdateId">The newest revision, for example <c>U-1</c> or <c>U-1r1</c>.</param>
/// <param name="Texts">Texts of their own for audiences that had one; every other reads the condition.</param>
/// <param name="DraftedBy">For a public statement, as with the update.</param>
public sealed record CorrectCrisisUpdate(
    string UpdateId,
    string Reason,
    string Condition,
    string? Actions = null,
    string? Needs = null,
    IReadOnlyList<UpdateFor>? Texts = null,
    string? DraftedBy = null) : Command, ICrisisCommand<CorrectCrisisUpdate>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("correct-update", CrisisState.StoodDown, CrisisState.UnderReview);

    public static Ruling Decide(CorrectCrisisUpdate command, Crisis state, DecisionContext context)
    {
        if (state.Updates.Find(u => u.UpdateId == command.UpdateId) is not { } update)
        {
            return Missing(command.UpdateId, state, context);
        }

        UpdateFor[] audiences =
            [.. update.Audiences.Select(a => new UpdateFor(a.Audience, command.Texts?.LastOrDefault(t => t?.Audience == a.Audience)?.Text))];
        if (UpdateGuard.Check(audiences, command.DraftedBy, state, context) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(command.Condition) || string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("condition-given", "Say in condition what is true, and in reason what was wrong.");
        }

        var revision = update.Revision + 1;
        return UpdateGuard.Published(audiences, command.Condition, state) ?? Ruling.Accept(new CrisisUpdateCorrected(
            $"{update.BaseId}r{revision}", update.UpdateId, update.EntryVersion, command.Reason, audiences, UpdateGuard.TlpOf(audiences, command.Tlp, state), command.Condition,
            command.Actions, command.Needs, command.DraftedBy, update.Public ? context.Caller.Id : null));
    }

    private static Ruling Missing(string id, Crisis state, DecisionContext context) =>
        state.Updates.Find(u => u.BaseId == id) is { } newer ? Ruling.Refuse("update-current", $"{id} was corrected already; correct {newer.UpdateId}.")
        // What is held back is no secret to whoever wrote it and to the command.
        : state.HeldUpdates.Find(h => h.HeldId == id && (h.By == context.Caller.Id || CrisisGivers.Command.Check(state, context) is null)) is { } held ? held.State switch
        {
            HoldState.Posted => Ruling.Refuse("update-current", $"{id} went out as {held.PostedAs}; correct that one."),
            HoldState.Waiting => Ruling.Refuse("update-current", $"{id} has not gone out; withdraw it and post it anew.", "withdraw-update"),
            _ => Ruling.Refuse("update-current", $"{id} was withdrawn; post it anew.", "post-update"),
        }
        : Ruling.Refuse("update-current", $"There is no update '{id}'.");

    public static IEnumerable<CorrectCrisisUpdate> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None
            ? [new("U-1", "the number of injured is not confirmed", "People were injured; how many is not confirmed.")]
            : state.Updates.Reverse().Select(u => new CorrectCrisisUpdate(
                u.UpdateId, "the number of injured is not confirmed", "People were injured; how many is not confirmed.",
                DraftedBy: u.Public ? state.HolderOf(CommandRole.PublicInformationOfficer) : null));
}

/// <param name="UpdateId">The new revision, for example <c>U-1r1</c>.</param>
/// <param name="Supersedes">The revision before.</param>
/// <param name="Entry">The version of the event whose entry it replaces.</param>
public sealed record CrisisUpdateCorrected(
    string UpdateId,
    string Supersedes,
    long Entry,
    string Reason,
    IReadOnlyList<UpdateFor> Audiences,
    Tlp Tlp,
    string Condition,
    string? Actions,
    string? Needs,
    string? DraftedBy,
    string? ApprovedBy) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp)
    {
        var index = state.Updates.FindIndex(u => u.UpdateId == Supersedes);
        var before = state.Updates[index];
        return state with
        {
            Updates = state.Updates.SetItem(
                index, before with { UpdateId = UpdateId, Revision = before.Revision + 1, EntryVersion = stamp.Version, Audiences = Audiences, Condition = Condition, Needs = Needs, Tlp = Tlp }),
            LastUpdateAt = UpdateGuard.ToldSomebody(Audiences) ? stamp.RecordedAt : state.LastUpdateAt,
        };
    }

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        string?[] core = [$"instead of {Supersedes}: {Reason}", Actions is null ? null : $"Actions: {Actions}", Needs is null ? null : $"Needs: {Needs}"];
        var entry = new Entry(EntryKind.Correction, $"{UpdateId}: {Condition}", UpdateText.Join(core)) { Tlp = Tlp, Supersedes = Entry };
        entry = entry.AddressedTo(UpdateId, Audiences, Condition, Actions, Needs, next: null);
        return entry.Others.TryGetValue(Audience.CrossFunctional, out var told) ? entry with { ReplacementText = told.Headline } : entry;
    }
}
