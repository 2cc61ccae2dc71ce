using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>The meeting was held: the draft goes to a duty lead, with what contributed and the instant as of which it was judged.</summary>
public sealed record SubmitReview(string? Note = null) : Command, IReviewCommand<SubmitReview>
{
    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("submit", ReviewGivers.Staff, ReviewState.Draft);

    public static Ruling Decide(SubmitReview command, PostIncidentReview state, DecisionContext context)
    {
        if (ReviewGivers.Owner(state, context) is { } refused)
        {
            return refused;
        }

        if (state.FrozenAsOf is null)
        {
            return Ruling.Refuse("timeline-frozen", "Freeze the timeline first, so that everybody judges what was known then.", "freeze-timeline");
        }

        return state.Factors.IsEmpty
            ? Ruling.Refuse("factor-recorded", "Record at least one contributing factor.", "record-contributing-factor")
            : Ruling.Accept(new ReviewSubmitted(command.Note));
    }

    public static IEnumerable<SubmitReview> Samples(PostIncidentReview state, DecisionContext context) => [new("Everybody who served was heard.")];
}

public sealed record ReviewSubmitted(string? Note) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with
    {
        Stage = ReviewState.InReview,
        SubmittedBy = stamp.Actor,
        Met = true,
        Overdue = false,
    };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"Submitted by {stamp.Actor}: {after.Factors.Count} contributing factors", Note).ToCrossFunctional();
}
