using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>An update as it was written. What depends on the moment in which it is posted is computed then.</summary>
/// <param name="Tlp">Secrecy that its author named; null for none.</param>
/// <param name="NextUpdateAt">What its author promised, UTC; null for nothing.</param>
/// <param name="ApprovedBy">For a public statement: the incident commander.</param>
/// <param name="ReviewOwed">A holding line that one person released.</param>
public sealed record WrittenUpdate(
    IReadOnlyList<UpdateFor> Audiences,
    Tlp? Tlp,
    string Condition,
    string? Actions,
    string? Needs,
    DateTimeOffset? NextUpdateAt,
    TimeSpan? AckRequiredWithin,
    string? DraftedBy,
    string? ApprovedBy,
    string? DraftId,
    bool ReviewOwed)
{
    /// <summary>A statement in one text for the public.</summary>
    public static WrittenUpdate Public(string text, string? draftedBy, string approvedBy, string? draftId, bool reviewOwed) =>
        new([new(Audience.Public, text)], null, text, null, null, null, null, draftedBy, approvedBy, draftId, reviewOwed);

    /// <summary>The event of posting it now. A promise that has passed while it was held back is none: the next situation report is next.</summary>
    public CrisisUpdatePosted Post(Crisis state, DateTimeOffset now)
    {
        var promised = NextUpdateAt > now;
        return new CrisisUpdatePosted(
            UpdateGuard.NextId(state), Audiences, UpdateGuard.TlpOf(Audiences, Tlp, state), Condition, Actions, Needs, promised ? NextUpdateAt : state.NextSitRepDue, promised,
            AckRequiredWithin is { } within ? now + within : null, DraftedBy, ApprovedBy, DraftId, ReviewOwed);
    }
}

/// <summary>An update that goes out at its time, unless it is withdrawn before (domain §9.4).</summary>
/// <param name="By">Who wrote it, or gave it.</param>
public sealed record HeldUpdate(string HeldId, WrittenUpdate Update, string By, DateTimeOffset HeldAt, DateTimeOffset ReleaseAt)
{
    public HoldState State { get; init; }

    /// <summary>The id under which it went out; null when it did not.</summary>
    public string? PostedAs { get; init; }
}

/// <summary>Holding updates back for a moment in which they can still be taken back.</summary>
internal static class UpdateHold
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    public static Ruling? Check(TimeSpan? sendAfter) => sendAfter <= TimeSpan.Zero || sendAfter > _longest
        ? Ruling.Refuse("send-after", "sendAfter is more than nothing and at most two minutes (PT2M).")
        : null;

    /// <summary>Posts it, or holds it back.</summary>
    public static Ruling Give(this WrittenUpdate update, TimeSpan? sendAfter, Crisis state, DecisionContext context) => Check(sendAfter) ?? Ruling.Accept(
        sendAfter is { } wait
            ? new CrisisUpdateHeld($"HU-{state.HeldUpdates.Count + 1}", update, context.Now + wait)
            : update.Post(state, context.Now));

    /// <summary>Why it must not go out any more; null when it may. Judged by the rule of the command that gave it.</summary>
    public static string? Barrier(this HeldUpdate held, Crisis state)
    {
        var rule = held.Update.DraftId is not null ? ApprovePublicUpdate.Rule : held.Update.ReviewOwed ? ReleaseHoldingLine.Rule : PostCrisisUpdate.Rule;
        return !rule.Admits(state) || state.EndedAt > held.HeldAt ? "the crisis ended"
            : UpdateGuard.Published(held.Update.Audiences, held.Update.Condition, state) is not null ? "it holds a term that is never told to the public"
            : null;
    }

    public static Crisis ChangeHeld(this Crisis state, string? heldId, Func<HeldUpdate, HeldUpdate> change) => heldId is null
        ? state
        : state with { HeldUpdates = state.HeldUpdates.ConvertAll(h => h.HeldId == heldId ? change(h) : h) };

    public static Crisis UseDraft(this Crisis state, string? draftId, bool used) => draftId is null
        ? state
        : state with { PublicDrafts = state.PublicDrafts.ConvertAll(d => d.DraftId == draftId ? d with { Used = used } : d) };
}

/// <summary>An update waits for a moment. Nobody but the core team is told of it.</summary>
/// <param name="HeldId">For example <c>HU-1</c>; it gets the id of an update when it goes out.</param>
/// <param name="ReleaseAt">When it goes out, UTC.</param>
public sealed record CrisisUpdateHeld(string HeldId, WrittenUpdate Update, DateTimeOffset ReleaseAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) =>
        (state with { HeldUpdates = state.HeldUpdates.Add(new HeldUpdate(HeldId, Update, stamp.Actor, stamp.RecordedAt, ReleaseAt)) }).UseDraft(Update.DraftId, used: true);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new(EntryKind.Update, $"{HeldId} goes out at {ReleaseAt:HH:mm:ss}Z: {Update.Condition}", $"held back for {string.Join(", ", Update.Audiences.Select(a => a.Audience))}") { Tlp = Update.Tlp };
}
