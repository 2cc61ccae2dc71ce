using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>A duty lead approves what somebody else submitted; from here on the crisis can be closed.</summary>
public sealed record ApproveReview(string? Note = null) : Command, IReviewCommand<ApproveReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("approve", ReviewGivers.Leads, ReviewState.InReview);

    public static Ruling Decide(ApproveReview command, PostIncidentReview state, DecisionContext context) => state.SubmittedBy == context.Caller.Id
        ? Ruling.Refuse("four-eyes", "You submitted it; another duty lead approves it.")
        : Ruling.Accept(new ReviewApproved(command.Note));

    public static IEnumerable<ApproveReview> Samples(PostIncidentReview state, DecisionContext context) => [new("Agreed.")];
}

public sealed record ReviewApproved(string? Note) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Stage = ReviewState.Reviewed, ApprovedBy = stamp.Actor };

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
