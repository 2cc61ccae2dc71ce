using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>
/// Says as of which instant the timeline is reviewed, so that everybody judges what was known then. The draft may move it; what was
/// submitted keeps it.
/// </summary>
/// <param name="AsOf">UTC, not ahead: what was recorded until then.</param>
public sealed record FreezeTimeline(DateTimeOffset AsOf) : Command, IReviewCommand<FreezeTimeline>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("freeze-timeline", ReviewGivers.StaffAndRules, ReviewState.Draft);

    public static Ruling Decide(FreezeTimeline command, PostIncidentReview state, DecisionContext context) =>
        ReviewGivers.Owner(state, context)
        ?? (command.AsOf > context.Now
            ? Ruling.Refuse("as-of-known", "asOf lies ahead; nobody knows yet what will be recorded until then.")
            : Ruling.Accept(new TimelineFrozen(command.AsOf)));

    public static IEnumerable<FreezeTimeline> Samples(PostIncidentReview state, DecisionContext context) => [new(context.Now)];
}

public sealed record TimelineFrozen(DateTimeOffset AsOf) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { FrozenAsOf = AsOf };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"Timeline of {after.CrisisKey} frozen as of {AsOf:yyyy-MM-dd HH:mm:ss}Z").ToCrossFunctional();
}
