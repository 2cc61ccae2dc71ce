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
public sealed record PostCrisisUpdate(
    string Condition,
    string? Actions = null,
    string? Needs = null,
    IReadOnlyList<UpdateFor>? Audiences = null,
    DateTimeOffset? NextUpdateAt = null,
    TimeSpan? AckRequiredWithin = null,
    string? DraftedBy = null) : Command, ICrisisCommand<PostCrisisUpdate>
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

        if (command.NextUpdateAt <= context.Now)
        {
            return Ruling.Refuse("next-update-ahead", "nextUpdateAt must lie ahead.");
        }

        if (command.AckRequiredWithin is { } within && (within <= TimeSpan.Zero || within > context.Rules.Crises.LeverLimit))
        {
            return Ruling.Refuse("ack-within", "ackRequiredWithin is more than nothing and at most two weeks.");
        }

        return Ruling.Accept(new CrisisUpdatePosted(
            UpdateGuard.NextId(state), audiences, UpdateGuard.TlpOf(audiences, command.Tlp, state), command.Condition, command.Actions, command.Needs,
            command.NextUpdateAt ?? state.NextSitRepDue, command.NextUpdateAt is not null, command.AckRequiredWithin is { } time ? context.Now + time : null,
            command.DraftedBy, UpdateGuard.IsPublic(audiences) ? context.Caller.Id : null, DraftId: null, ReviewOwed: false));
    }

    public static IEnumerable<PostCrisisUpdate> Samples(Crisis state, DecisionContext context)
    {
        const string condition = "The live video is down; re-uploads are removed as they come.";
        yield return new(condition, "Hashes shared with partners.", "Legal: advice on the order of the authority.");
        yield return new(condition, NextUpdateAt: context.Now.AddMinutes(30), AckRequiredWithin: TimeSpan.FromMinutes(15));
        yield return new(condition, Needs: "A word to the government.", Audiences: [new(Audience.Executive)]);
        yield return new("We are aware of the attack.", Audiences: [new(Audience.Public)], DraftedBy: state.HolderOf(CommandRole.PublicInformationOfficer));
    }
}

/// <param name="NextUpdateAt">When the next one comes, as the texts say.</param>
/// <param name="Promised">Somebody promised that time for this update; otherwise it is the next situation report's.</param>
/// <param name="ApprovedBy">For a public statement: the incident commander.</param>
/// <param name="ReviewOwed">A holding line that one person released.</param>
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
    bool ReviewOwed) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Updates = state.Updates.Add(new CrisisUpdate(UpdateId, UpdateId, 0, stamp.Version, Audiences, Condition, stamp.RecordedAt) { Needs = Needs, Tlp = Tlp, AckDueAt = AckDueAt, ReviewOwed = ReviewOwed }),
        PublicDrafts = DraftId is null ? state.PublicDrafts : state.PublicDrafts.ConvertAll(d => d.DraftId == DraftId ? d with { Used = true } : d),
        PromisedUpdate = Promised ? new PromisedUpdate(NextUpdateAt!.Value, state.Promises + 1) : UpdateGuard.ToldSomebody(Audiences) ? null : state.PromisedUpdate,
        Promises = Promised ? state.Promises + 1 : state.Promises,
        LastUpdateAt = UpdateGuard.ToldSomebody(Audiences) ? stamp.RecordedAt : state.LastUpdateAt,
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var next = NextUpdateAt is { } at ? $"next update {at:yyyy-MM-dd HH:mm}Z" : null;
        string?[] core = [Label("Actions", Actions), Label("Needs", Needs), DraftedBy is null ? null : $"drafted by {DraftedBy}", ApprovedBy is null ? null : $"approved by {ApprovedBy}", next];
        var entry = new Entry(EntryKind.Update, $"{UpdateId}: {Condition}", UpdateText.Join(core)) { Tlp = Tlp };
        return entry.AddressedTo(UpdateId, Audiences, Condition, Actions, Needs, next);
    }

    private static string? Label(string what, string? text) => text is null ? null : $"{what}: {text}";
}
