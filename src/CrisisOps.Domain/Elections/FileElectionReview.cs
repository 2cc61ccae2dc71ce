using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>The review after the election is written; without it the file is not closed (domain §2.3). A later one replaces it.</summary>
/// <param name="ReviewRef">Where it stands: the key of a review, or a reference into the vault.</param>
public sealed record FileElectionReview(string ReviewRef) : Command, IElectionCommand<FileElectionReview>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Rule("file-review", ElectionGivers.Lead, ElectionPhase.PostElection);

    public static Ruling Decide(FileElectionReview command, ElectionEvent state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.ReviewRef))
        {
            return Ruling.Refuse("review-reference", "Say in reviewRef where the review stands.");
        }

        return command.ReviewRef == state.ReviewRef
            ? Ruling.Refuse("review-once", $"{state.ReviewRef} is filed already.")
            : Ruling.Accept(new ElectionReviewFiled(command.ReviewRef));
    }

    public static IEnumerable<FileElectionReview> Samples(ElectionEvent state, DecisionContext context) => [new(state.ReviewRef is null ? "PIR-2027-0012" : $"{state.ReviewRef}-r")];
}

public sealed record ElectionReviewFiled(string ReviewRef) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { ReviewRef = ReviewRef };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"Review after the election: {ReviewRef}").ToCrossFunctional().ToExecutive($"Review after the election: {ReviewRef}");
}
