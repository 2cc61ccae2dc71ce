using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>
/// A duty lead approves what somebody else submitted, the facts of the frozen instant with it; from here on the crisis can be closed.
/// </summary>
public sealed record ApproveReview(string? Note = null) : Command, IReviewCommand<ApproveReview>
{
    // No member of the body: nobody can send it.
    private FrozenFacts? _facts;

    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("approve", ReviewGivers.Leads, ReviewState.InReview);

    /// <summary>With what the server has computed of the record.</summary>
    public ApproveReview With(FrozenFacts? facts) => this with { _facts = facts };

    public static Ruling Decide(ApproveReview command, PostIncidentReview state, DecisionContext context) => state.SubmittedBy == context.Caller.Id
        ? Ruling.Refuse("four-eyes", "You submitted it; another duty lead approves it.")
        : FactsGuard.Moved(command._facts, state) ?? FactsGuard.Differ(command._facts, state) ?? Ruling.Accept(
            new ReviewApproved(command.Note, command._facts?.Hash, context.Now + context.Rules.Crises.ReviewClosedWithin));

    public static IEnumerable<ApproveReview> Samples(PostIncidentReview state, DecisionContext context) => [new("Agreed.")];
}

/// <param name="FactsHash">Of the facts that were approved: of the frozen instant, as the server computed them.</param>
/// <param name="CloseBy">When it has to have been closed.</param>
public sealed record ReviewApproved(string? Note, string? FactsHash = null, DateTimeOffset? CloseBy = null) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => (state with { Stage = ReviewState.Reviewed, ApprovedBy = stamp.Actor }).WithStep(CloseBy);

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var came = ReviewText.CameTo(after);
        return new Entry(EntryKind.Review, $"Approved by {stamp.Actor}", Note is null ? came : $"{Note}; {came}").ToCrossFunctional("Reviewed", came).ToExecutive("Reviewed", came);
    }
}

internal static class ReviewText
{
    public static string CameTo(PostIncidentReview state) =>
        state.Recommendations.IsEmpty ? "came to no recommendation" : $"came to {string.Join(", ", state.Recommendations)}";
}
