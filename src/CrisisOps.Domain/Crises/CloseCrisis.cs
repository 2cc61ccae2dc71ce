using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Closes the file: the review is Reviewed, its recommendations have owners, and what is kept for the law is decided (domain §2.2).
/// </summary>
/// <param name="HoldDecision">Which holds stay or end, for example <c>HLD-9 kept</c>.</param>
/// <param name="Recommendations">Keys of the recommendations of the review, all of them.</param>
public sealed record CloseCrisis(string HoldDecision, IReadOnlyList<string>? Recommendations = null) : Command, ICrisisCommand<CloseCrisis>, INamesStreamsOf<Crisis>
{
    private static readonly CrisisGivers _givers = new(CommandRole.IncidentCommander) { Leads = true };

    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("close", CrisisState.UnderReview);

    public IEnumerable<string> Streams(Crisis state) => (Recommendations ?? []).Append(state.ReviewKey).OfType<string>();

    public static Ruling Decide(CloseCrisis command, Crisis state, DecisionContext context)
    {
        // The owner of the review closes too: the command has ended.
        if (state.ReviewOwner != context.Caller.Id && _givers.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(command.HoldDecision))
        {
            return Ruling.Refuse("hold-decision", "Say in holdDecision which legal holds stay or end.");
        }

        if (state.OpenTasks.Any())
        {
            return Ruling.Refuse("tasks-done", $"Open: {string.Join(", ", state.OpenTasks.Select(t => t.TaskId))}; complete or cancel them.", "complete-task", "cancel-task");
        }

        if (LeverGuard.Ended(state) is { } lever)
        {
            return lever;
        }

        if (context.Streams.GetValueOrDefault(state.ReviewKey!) is not IReviewFacts { Reviewed: true } review)
        {
            return Ruling.Refuse("review-reviewed", $"{state.ReviewKey} is not Reviewed.");
        }

        string[] missing = [.. review.Recommendations.Where(key => context.Streams.GetValueOrDefault(key) is not IRecommendationFacts { Owned: true })];
        return missing.Length > 0
            ? Ruling.Refuse("recommendations-owned", $"{string.Join(", ", missing)}: without an owner, or not named in recommendations.")
            : Ruling.Accept(new CrisisClosed(command.HoldDecision, state.ReviewKey!, review.Recommendations));
    }

    public static IEnumerable<CloseCrisis> Samples(Crisis state, DecisionContext context) =>
    [
        new("HLD-9 kept", state.Stage == CrisisState.None ? ["IMP-31"] : state.ReviewKey is { } key && context.Streams.GetValueOrDefault(key) is IReviewFacts review ? review.Recommendations : []),
    ];

    public static Candidates? ChoosesFrom(Crisis state, Caller caller) =>
        state.ReviewKey is { } review ? new Candidates.Named([review]) : null;
}

public sealed record CrisisClosed(string HoldDecision, string ReviewKey, IReadOnlyList<string> Recommendations) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Stage = CrisisState.Closed, HoldDecision = HoldDecision, EndedAt = stamp.RecordedAt };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var came = Recommendations.Count > 0 ? $"{ReviewKey} came to {string.Join(", ", Recommendations)}" : $"{ReviewKey} came to no recommendation";
        return new Entry(EntryKind.Review, "Closed", $"{came}; {HoldDecision}").ToCrossFunctional("Closed", came).ToExecutive("Closed", came);
    }
}
