using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>The rule that stops the clock of a review whose crisis is taken up again: nobody is paged for a meeting about what still goes on.</summary>
public sealed record SuspendReview : Command, IReviewCommand<SuspendReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } =
        ReviewGivers.Rule("suspend", ReviewGivers.Rules, ReviewState.Draft, ReviewState.InReview, ReviewState.Reviewed, ReviewState.Closed);

    public static Ruling Decide(SuspendReview command, PostIncidentReview state, DecisionContext context) => state.DueAt is null
        ? Ruling.Refuse("clock-runs", "This review is suspended already.")
        : Ruling.Accept(new ReviewSuspended(state.DueAt.Value));

    public static IEnumerable<SuspendReview> Samples(PostIncidentReview state, DecisionContext context) => [];
}

/// <param name="WasDueAt">When the meeting would have been due.</param>
public sealed record ReviewSuspended(DateTimeOffset WasDueAt) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { DueAt = null, MeetingAt = null, Overdue = false };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{after.CrisisKey} is answered again; the review waits").ToCrossFunctional();
}
