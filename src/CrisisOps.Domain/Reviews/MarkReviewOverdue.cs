using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>The meeting was not held by its due time: nothing was submitted. A timer of an older generation does nothing.</summary>
public sealed record MarkReviewOverdue(int Generation) : Command, IReviewCommand<MarkReviewOverdue>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = new("mark-overdue", ReviewGivers.Rules, _ => true);

    public static Ruling Decide(MarkReviewOverdue command, PostIncidentReview state, DecisionContext context) =>
        ReviewDeadlines.Of(state).SingleOrDefault() is { Kind: ReviewDeadlines.ReviewDue, Missed: false } due && due.Generation == command.Generation && due.DueAt <= context.Now
            ? Ruling.Accept(new ReviewOverdue(due.DueAt, state.MeetingAt))
            : Ruling.Refuse("deadline-current", "The review was submitted, its due time was moved, or it is not due.");

    public static IEnumerable<MarkReviewOverdue> Samples(PostIncidentReview state, DecisionContext context) => [];
}

/// <param name="MeetingAt">When the meeting is called for, if it is.</param>
public sealed record ReviewOverdue(DateTimeOffset DueAt, DateTimeOffset? MeetingAt) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Overdue = true };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var meets = MeetingAt is { } at && at > stamp.RecordedAt ? $"meets at {at:yyyy-MM-dd HH:mm}Z" : $"no meeting is called; owner {after.Owner}";
        return new Entry(EntryKind.Clock, $"The review is overdue since {DueAt:yyyy-MM-dd HH:mm}Z", meets)
            .ToCrossFunctional()
            .ToExecutive($"The review is overdue since {DueAt:yyyy-MM-dd HH:mm}Z");
    }
}
