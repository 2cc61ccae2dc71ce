using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Takes an update back while it is held back (<c>sendAfter</c>): nobody outside the core team hears of it. Given by whoever posted it, or by
/// the command. What went out is corrected instead.
/// </summary>
/// <param name="HeldId">As the answer to the post names it, for example <c>HU-1</c>.</param>
public sealed record WithdrawUpdate(string HeldId, string? Reason = null) : Command, ICrisisCommand<WithdrawUpdate>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.OnceProposed("withdraw-update");

    public static Ruling Decide(WithdrawUpdate command, Crisis state, DecisionContext context)
    {
        if (state.Updates.Find(u => u.UpdateId == command.HeldId || u.BaseId == command.HeldId) is { } posted)
        {
            return Ruling.Refuse("update-held", $"{posted.UpdateId} went out; correct it.", "correct-update");
        }

        // Whoever may not withdraw learns nothing of what is held back.
        var held = state.HeldUpdates.Find(h => h.HeldId == command.HeldId);
        if (held?.By != context.Caller.Id && CrisisGivers.Command.Check(state, context) is { } refused)
        {
            return refused;
        }

        return held switch
        {
            null => Ruling.Refuse("update-held", $"There is no update '{command.HeldId}' that is held back."),
            { State: HoldState.Posted } => Ruling.Refuse("update-held", $"{held.HeldId} went out as {held.PostedAs}; correct that one.", "correct-update"),
            { State: HoldState.Withdrawn } => Ruling.Refuse("update-held", $"{held.HeldId} was withdrawn already."),
            _ => Ruling.Accept(new CrisisUpdateWithdrawn(held.HeldId, command.Reason)),
        };
    }

    public static IEnumerable<WithdrawUpdate> Samples(Crisis state, DecisionContext context) => state.Stage == CrisisState.None
        ? [new("HU-1", "names a victim")]
        : state.HeldUpdates.Where(h => h.State == HoldState.Waiting).Reverse().Select(h => new WithdrawUpdate(h.HeldId, "names a victim"));
}

/// <param name="Reason">Of whoever withdrew it, or why it could not go out; null for none.</param>
public sealed record CrisisUpdateWithdrawn(string HeldId, string? Reason) : ICrisisEvent
{
    /// <summary>A draft whose statement was taken back waits for its approval again.</summary>
    public Crisis Apply(Crisis state, Stamp stamp) => state
        .UseDraft(state.HeldUpdates.Find(h => h.HeldId == HeldId)?.Update.DraftId, used: false)
        .ChangeHeld(HeldId, h => h with { State = HoldState.Withdrawn });

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new(EntryKind.Update, $"{HeldId} was withdrawn; it did not go out", Reason) { Tlp = before.HeldUpdates.Find(h => h.HeldId == HeldId)?.Update.Tlp };
}
