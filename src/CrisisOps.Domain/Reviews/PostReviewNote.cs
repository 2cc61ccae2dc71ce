using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>A note for whoever works on the review.</summary>
/// <param name="CoreOnly">Keeps it from the consulted functions.</param>
public sealed record PostReviewNote(string Text, bool CoreOnly = false) : Command, IReviewCommand<PostReviewNote>
{
    public static CommandRule<PostIncidentReview> Rule { get; } =
        ReviewGivers.Rule("post-note", ReviewGivers.Staff, ReviewState.Draft, ReviewState.InReview, ReviewState.Reviewed);

    public static Ruling Decide(PostReviewNote command, PostIncidentReview state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Text)
        ? Ruling.Refuse("note-said", "A note has a text.")
        : Ruling.Accept(new ReviewNotePosted(command.Text, command.CoreOnly));

    public static IEnumerable<PostReviewNote> Samples(PostIncidentReview state, DecisionContext context) => [new("The liaison officer brings the partners' view.")];
}

public sealed record ReviewNotePosted(string Text, bool CoreOnly) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state;

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.Note, Text);
        return CoreOnly ? entry : entry.ToCrossFunctional();
    }
}
