using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Calls the meeting, or moves it. A meeting after the due time may be called; it is overdue until it was held.</summary>
/// <param name="MeetingAt">UTC, ahead.</param>
public sealed record ScheduleReview(DateTimeOffset MeetingAt) : Command, IReviewCommand<ScheduleReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("schedule", ReviewGivers.Staff, ReviewState.Draft);

    public static Ruling Decide(ScheduleReview command, PostIncidentReview state, DecisionContext context) =>
        ReviewGivers.Owner(state, context)
        ?? (command.MeetingAt <= context.Now
            ? Ruling.Refuse("meeting-ahead", "meetingAt must lie ahead.")
            : Ruling.Accept(new ReviewScheduled(command.MeetingAt)));

    public static IEnumerable<ScheduleReview> Samples(PostIncidentReview state, DecisionContext context) => [new(context.Now.AddDays(1))];
}

public sealed record ReviewScheduled(DateTimeOffset MeetingAt) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { MeetingAt = MeetingAt };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var late = before is { Met: false, DueAt: { } due } && MeetingAt > due ? $"after it was due, {due:yyyy-MM-dd HH:mm}Z" : null;
        return new Entry(EntryKind.Review, $"Review meets at {MeetingAt:yyyy-MM-dd HH:mm}Z", late).ToCrossFunctional();
    }
}
