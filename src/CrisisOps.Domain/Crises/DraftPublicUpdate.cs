using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The public information officer drafts a statement; nothing is public before the incident commander approves it (domain §2.2).</summary>
public sealed record DraftPublicUpdate(string Text) : Command, ICrisisCommand<DraftPublicUpdate>
{
    private static readonly CrisisGivers _givers = new(CommandRole.PublicInformationOfficer);

    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("draft-public-update", CrisisState.StoodDown, CrisisState.UnderReview, CrisisState.Annulled);

    public static Ruling Decide(DraftPublicUpdate command, Crisis state, DecisionContext context)
    {
        if (!context.Caller.Is(Role.Communications) && _givers.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(command.Text))
        {
            return Ruling.Refuse("text-given", "Write the statement in text.");
        }

        return state.Leaked(command.Text) is { } term
            ? Ruling.Refuse("masked-term", $"'{term}' is never told to the public; leave it out.")
            : Ruling.Accept(new PublicUpdateDrafted($"PD-{state.PublicDrafts.Count + 1}", command.Text));
    }

    public static IEnumerable<DraftPublicUpdate> Samples(Crisis state, DecisionContext context) => [new("We are aware of the attack and work with the authorities.")];
}

public sealed record PublicUpdateDrafted(string DraftId, string Text) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { PublicDrafts = state.PublicDrafts.Add(new PublicDraft(DraftId, Text, stamp.Actor)) };

    /// <summary>Drafts are for Core.</summary>
    public Entry Say(Crisis before, Crisis after, Stamp stamp) => new(EntryKind.Update, $"{DraftId}: public statement drafted", Text);
}
