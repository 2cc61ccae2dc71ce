using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The incident commander approves a draft, and it is public (domain §2.2).</summary>
public sealed record ApprovePublicUpdate(string DraftId) : Command, ICrisisCommand<ApprovePublicUpdate>
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

        UpdateFor[] audiences = [new(Audience.Public, draft.Text)];
        return UpdateGuard.Published(audiences, draft.Text, state) ?? Ruling.Accept(new CrisisUpdatePosted(
            UpdateGuard.NextId(state), audiences, Shared.Tlp.CLEAR, draft.Text, null, null, state.NextSitRepDue, Promised: false, AckDueAt: null,
            draft.DraftedBy, context.Caller.Id, draft.DraftId, ReviewOwed: false));
    }

    public static IEnumerable<ApprovePublicUpdate> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None ? [new("PD-1")] : state.PublicDrafts.Where(d => !d.Used).Select(d => new ApprovePublicUpdate(d.DraftId));
}
