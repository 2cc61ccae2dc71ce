using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Closes the file of the review; its recommendations live on, each in a stream of its own.</summary>
public sealed record CloseReview(string? Note = null) : Command, IReviewCommand<CloseReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("close", ReviewGivers.Staff, ReviewState.Reviewed);

    public static Ruling Decide(CloseReview command, PostIncidentReview state, DecisionContext context) =>
        ReviewGivers.Owner(state, context) ?? Ruling.Accept(new ReviewClosed(command.Note));

    public static IEnumerable<CloseReview> Samples(PostIncidentReview state, DecisionContext context) => [new("The recommendations have owners.")];
}

public sealed record ReviewClosed(string? Note) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Stage = ReviewState.Closed, EndedAt = stamp.RecordedAt };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var came = ReviewText.CameTo(after);
        return new Entry(EntryKind.Review, "Review closed", Note is null ? came : $"{Note}; {came}").ToCrossFunctional("Review closed", came).ToExecutive("Review closed", came);
    }
}
