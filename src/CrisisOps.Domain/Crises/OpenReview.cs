using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Puts a crisis that was stood down under review: by rule, or by a duty lead, so that the file can be closed whatever the rule does
/// (domain §3, P17). The review carries the number of the crisis.
/// </summary>
/// <param name="Owner">Who leads the review.</param>
public sealed record OpenReview(string Owner) : Command, ICrisisCommand<OpenReview>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("open-review", CrisisGivers.LeadsAndRules, CrisisState.StoodDown);

    public static Ruling Decide(OpenReview command, Crisis state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Owner)
        ? Ruling.Refuse("review-owner", "A review has an owner.")
        : Ruling.Accept(new CrisisReviewOpened(state.ReviewKey ?? KeyFor(state.Key), command.Owner, state.ReviewDueAt!.Value));

    /// <summary>The review carries the number of its crisis.</summary>
    public static string KeyFor(string crisis) => crisis.StartsWith("CR-", StringComparison.Ordinal) ? $"PIR-{crisis[3..]}" : $"PIR-{crisis}";

    public static IEnumerable<OpenReview> Samples(Crisis state, DecisionContext context) => [new(context.Caller.Id)];
}

public sealed record CrisisReviewOpened(string ReviewKey, string Owner, DateTimeOffset DueAt) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Stage = CrisisState.UnderReview, ReviewKey = ReviewKey, ReviewOwner = Owner, ReviewDueAt = DueAt };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{ReviewKey} opened, owner {Owner}", $"meets by {DueAt:yyyy-MM-dd HH:mm}Z").ToCrossFunctional().ToExecutive($"{ReviewKey} opened");
}
