using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The incident commander approves a draft, and it is public (domain §2.2).</summary>
/// <param name="SendAfter">Holds it back for so long, two minutes at most, in which <c>withdraw-update</c> takes it back. Absent means that it goes out at once.</param>
public sealed record ApprovePublicUpdate(string DraftId, TimeSpan? SendAfter = null) : Command, ICrisisCommand<ApprovePublicUpdate>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("approve-public-update", CrisisState.StoodDown, CrisisState.UnderReview, CrisisState.Annulled);

    public static Ruling Decide(ApprovePublicUpdate command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommanderAlone.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (state.PublicDrafts.Find(d => d.DraftId == command.DraftId) is not { Used: false } draft)
        {
            return Ruling.Refuse("draft-open", $"There is no draft '{command.DraftId}' waiting.", "draft-public-update", "release-holding-line");
        }

        if (draft.DraftedBy == context.Caller.Id)
        {
            return Ruling.Refuse("public-draft", "You drafted it; somebody else approves it.", "release-holding-line");
        }

        var update = WrittenUpdate.Public(draft.Text, draft.DraftedBy, context.Caller.Id, draft.DraftId, reviewOwed: false);
        return UpdateGuard.Published(update.Audiences, draft.Text, state) ?? update.Give(command.SendAfter, state, context);
    }

    public static IEnumerable<ApprovePublicUpdate> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None ? [new("PD-1")] : state.PublicDrafts.Where(d => !d.Used).Select(d => new ApprovePublicUpdate(d.DraftId));
}
