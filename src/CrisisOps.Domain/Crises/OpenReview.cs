using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The rule that opens the review of a crisis that was stood down (domain §3, P17).</summary>
/// <param name="ReviewKey">Absent means the number of the crisis, for example <c>PIR-2027-0007</c>.</param>
public sealed record OpenReview(string Owner, string? ReviewKey = null) : Command, ICrisisCommand<OpenReview>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("open-review", CrisisGivers.Timers, CrisisState.StoodDown);

    public static Ruling Decide(OpenReview command, Crisis state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Owner)
        ? Ruling.Refuse("review-owner", "A review has an owner.")
        : Ruling.Accept(new CrisisReviewOpened(command.ReviewKey ?? state.ReviewKey ?? KeyFor(state.Key), command.Owner, state.ReviewDueAt!.Value));

    /// <summary>The review carries the number of its crisis.</summary>
    public static string KeyFor(string crisis) => crisis.StartsWith("CR-", StringComparison.Ordinal) ? $"PIR-{crisis[3..]}" : $"PIR-{crisis}";

    public static IEnumerable<OpenReview> Samples(Crisis state, DecisionContext context) => [];
}

public sealed record CrisisReviewOpened(string ReviewKey, string Owner, DateTimeOffset DueAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Stage = CrisisState.UnderReview, ReviewKey = ReviewKey, ReviewOwner = Owner, ReviewDueAt = DueAt };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{ReviewKey} opened, owner {Owner}", $"meets by {DueAt:yyyy-MM-dd HH:mm}Z").ToCrossFunctional().ToExecutive($"{ReviewKey} opened");
}
