using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>The meeting was held: the draft goes to a duty lead, with what contributed and the instant as of which it was judged.</summary>
public sealed record SubmitReview(string? Note = null) : Command, IReviewCommand<SubmitReview>
{
    // No member of the body: nobody can send it.
    private FrozenFacts? _facts;

    public static CommandRule<PostIncidentReview> Rule { get; } = ReviewGivers.Rule("submit", ReviewGivers.Staff, ReviewState.Draft);

    /// <summary>With what the server has computed of the record.</summary>
    public SubmitReview With(FrozenFacts? facts) => this with { _facts = facts };

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

        return FactsGuard.Moved(command._facts, state) ?? (state.Factors.IsEmpty
            ? Ruling.Refuse("factor-recorded", "Record at least one contributing factor.", "record-contributing-factor")
            : Ruling.Accept(new ReviewSubmitted(command.Note, command._facts?.Hash, context.Now + context.Rules.Crises.ReviewApprovedWithin)));
    }

    public static IEnumerable<SubmitReview> Samples(PostIncidentReview state, DecisionContext context) => [new("Everybody who served was heard.")];
}

/// <param name="FactsHash">Of the facts of the frozen instant, as the server computed them.</param>
/// <param name="ApproveBy">When somebody has to have approved or returned it.</param>
public sealed record ReviewSubmitted(string? Note, string? FactsHash = null, DateTimeOffset? ApproveBy = null) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => (state with
    {
        Stage = ReviewState.InReview,
        SubmittedBy = stamp.Actor,
        FactsHash = FactsHash,
        Met = true,
        Overdue = false,
    }).WithStep(ApproveBy);

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"Submitted by {stamp.Actor}: {after.Factors.Count} contributing factors", Note).ToCrossFunctional();
}

/// <summary>What is approved is what was computed: no number is typed, and none changes under the hand of who approves.</summary>
internal static class FactsGuard
{
    /// <summary>Refused when the facts were computed for another instant than the frozen one.</summary>
    public static Ruling? Moved(FrozenFacts? facts, PostIncidentReview state) => facts is not null && facts.AsOf != state.FrozenAsOf
        ? Ruling.Refuse("facts-current", "The timeline was frozen anew meanwhile; read the facts again.")
        : null;

    /// <summary>Refused when the record comes to other facts than those that were submitted.</summary>
    public static Ruling? Differ(FrozenFacts? facts, PostIncidentReview state) => facts is not null && state.FactsHash is { } submitted && submitted != facts.Hash
        ? Ruling.Refuse("facts-as-submitted", "The record comes to other facts than those that were submitted; return the review and submit it anew.", "return")
        : null;
}
