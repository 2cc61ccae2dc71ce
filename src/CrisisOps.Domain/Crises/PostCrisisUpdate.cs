using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// An update in the CAN shape; it needs only the condition (domain §2.2, §9.4). Specialists post to Core and CrossFunctional,
/// command to Executive too. A public statement is drafted by the public information officer and given by the incident commander.
/// </summary>
/// <param name="Condition">What is known.</param>
/// <param name="Audiences">Who reads it, with a text of their own if they need one; absent means Core and CrossFunctional.</param>
/// <param name="NextUpdateAt">A promise, and a deadline; absent means with the next situation report.</param>
/// <param name="AckRequiredWithin">Somebody has to confirm that they read it, within this time.</param>
/// <param name="DraftedBy">For a public statement: the public information officer who wrote it.</param>
/// <param name="SendAfter">Holds it back for so long, two minutes at most, in which <c>withdraw-update</c> takes it back; only the core team sees it until then. Absent means that it goes out at once.</param>
public sealed record PostCrisisUpdate(
    string Condition,
    string? Actions = null,
    string? Needs = null,
    IReadOnlyList<UpdateFor>? Audiences = null,
    DateTimeOffset? NextUpdateAt = null,
    TimeSpan? AckRequiredWithin = null,
    string? DraftedBy = null,
    TimeSpan? SendAfter = null) : Command, ICrisisCommand<PostCrisisUpdate>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("post-update", CrisisState.StoodDown, CrisisState.UnderReview);

    public static Ruling Decide(PostCrisisUpdate command, Crisis state, DecisionContext context)
    {
        var audiences = UpdateGuard.Audiences(command.Audiences);
        if (UpdateGuard.Check(audiences, command.DraftedBy, state, context) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(command.Condition))
        {
            return Ruling.Refuse("condition-given", "Say in condition what is known.");
        }

        if (UpdateGuard.Published(audiences, command.Condition, state) is { } leaks)
        {
            return leaks;
        }

        if (UpdateHold.Check(command.SendAfter) is { } wait)
        {
            return wait;
        }

        if (command.NextUpdateAt <= context.Now + (command.SendAfter ?? TimeSpan.Zero))
        {
            return Ruling.Refuse("next-update-ahead", "nextUpdateAt must lie ahead of the time at which this goes out.");
        }

        if (command.AckRequiredWithin is { } within && (within <= TimeSpan.Zero || within > context.Rules.Crises.LeverLimit))
        {
            return Ruling.Refuse("ack-within", "ackRequiredWithin is more than nothing and at most two weeks.");
        }

        return new WrittenUpdate(
            audiences, command.Tlp, command.Condition, command.Actions, command.Needs, command.NextUpdateAt, command.AckRequiredWithin, command.DraftedBy,
            UpdateGuard.IsPublic(audiences) ? context.Caller.Id : null, DraftId: null, ReviewOwed: false).Give(command.SendAfter, state, context);
    }

    public static IEnumerable<PostCrisisUpdate> Samples(Crisis state, DecisionContext context)
    {
        const string condition = "The live video is down; re-uploads are removed as they come.";
        yield return new(condition, "Hashes shared with partners.", "Legal: advice on the order of the authority.");
        yield return new(condition, NextUpdateAt: context.Now.AddMinutes(30), AckRequiredWithin: TimeSpan.FromMinutes(15));
        yield return new(condition, Needs: "A word to the government.", Audiences: [new(Audience.Executive)]);
        yield return new(condition, SendAfter: TimeSpan.FromMinutes(1));
        yield return new("We are aware of the attack.", Audiences: [new(Audience.Public)], DraftedBy: state.HolderOf(CommandRole.PublicInformationOfficer));
    }
}

/// <param name="NextUpdateAt">When the next one comes, as the texts say.</param>
/// <param name="Promised">Somebody promised that time for this update; otherwise it is the next situation report's.</param>
/// <param name="ApprovedBy">For a public statement: the incident commander.</param>
/// <param name="ReviewOwed">A holding line that one person released.</param>
/// <param name="HeldId">Under which it was held back; null when it went out at once.</param>
/// <param name="PostedBy">Who posted it when it was held back: then a timer released it.</param>
public sealed record CrisisUpdatePosted(
    string UpdateId,
    IReadOnlyList<UpdateFor> Audiences,
    Tlp Tlp,
    string Condition,
    string? Actions,
    string? Needs,
    DateTimeOffset? NextUpdateAt,
    bool Promised,
    DateTimeOffset? AckDueAt,
    string? DraftedBy,
    string? ApprovedBy,
    string? DraftId,
    bool ReviewOwed,
    string? HeldId = null,
    string? PostedBy = null) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => (state with
    {
        Updates = state.Updates.Add(new CrisisUpdate(UpdateId, UpdateId, 0, stamp.Version, Audiences, Condition, stamp.RecordedAt) { Needs = Needs, Tlp = Tlp, AckDueAt = AckDueAt, ReviewOwed = ReviewOwed }),
        PromisedUpdate = Promised ? new PromisedUpdate(NextUpdateAt!.Value, state.Promises + 1) : UpdateGuard.ToldSomebody(Audiences) ? null : state.PromisedUpdate,
        Promises = Promised ? state.Promises + 1 : state.Promises,
        LastUpdateAt = UpdateGuard.ToldSomebody(Audiences) ? stamp.RecordedAt : state.LastUpdateAt,
    }).UseDraft(DraftId, used: true).ChangeHeld(HeldId, h => h with { State = HoldState.Posted, PostedAs = UpdateId });

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var next = NextUpdateAt is { } at ? $"next update {at:yyyy-MM-dd HH:mm}Z" : null;
        string?[] core =
        [
            Label("Actions", Actions), Label("Needs", Needs), DraftedBy is null ? null : $"drafted by {DraftedBy}", ApprovedBy is null ? null : $"approved by {ApprovedBy}",
            PostedBy is null ? null : $"posted by {PostedBy}, held back as {HeldId}", next,
        ];
        var entry = new Entry(EntryKind.Update, $"{UpdateId}: {Condition}", UpdateText.Join(core)) { Tlp = Tlp };
        return entry.AddressedTo(UpdateId, Audiences, Condition, Actions, Needs, next);
    }

    private static string? Label(string what, string? text) => text is null ? null : $"{what}: {text}";
}
