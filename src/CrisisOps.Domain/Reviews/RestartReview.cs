using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>
/// The rule that goes on with a review whose crisis was taken up again and is stood down anew: the same key, a new due time, and a
/// timeline to freeze again. What was recorded stays.
/// </summary>
/// <param name="DueAt">When the meeting has to be held, UTC: what the crisis says in its newest <c>CrisisReviewOpened</c>.</param>
public sealed record RestartReview(string Owner, DateTimeOffset DueAt) : Command, IReviewCommand<RestartReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } =
        ReviewGivers.Rule("restart", ReviewGivers.Rules, ReviewState.Draft, ReviewState.InReview, ReviewState.Reviewed, ReviewState.Closed);

    public static Ruling Decide(RestartReview command, PostIncidentReview state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Owner)
        ? Ruling.Refuse("owner-named", "A review has an owner.")
        : Ruling.Accept(new ReviewRestarted(command.Owner, command.DueAt));

    public static IEnumerable<RestartReview> Samples(PostIncidentReview state, DecisionContext context) => [];
}

public sealed record ReviewRestarted(string Owner, DateTimeOffset DueAt) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with
    {
        Stage = ReviewState.Draft,
        Owner = Owner,
        DueAt = DueAt,
        DueGeneration = state.DueGeneration + 1,
        Overdue = false,
        Met = false,
        MeetingAt = null,
        FrozenAsOf = null,
        SubmittedBy = null,
        FactsHash = null,
        ApprovedBy = null,
        Published = [],
        EndedAt = null,
    };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{after.CrisisKey} was stood down again; the review starts anew", $"owner {Owner}; meets by {DueAt:yyyy-MM-dd HH:mm}Z")
            .ToCrossFunctional()
            .ToExecutive("The review starts anew", $"meets by {DueAt:yyyy-MM-dd HH:mm}Z");
}
