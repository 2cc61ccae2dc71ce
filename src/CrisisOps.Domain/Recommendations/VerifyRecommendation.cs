using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>
/// What the metric is with the change. A miss of the target is recorded too: it is verified what the change did, and the next
/// recommendation says what else to do.
/// </summary>
/// <param name="After">In the unit of the metric.</param>
/// <param name="MeasuredAt">UTC: not ahead, and at least 14 days [P] after the change was made.</param>
public sealed record VerifyRecommendation(decimal After, DateTimeOffset MeasuredAt) : Command, IRecommendationCommand<VerifyRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = RecommendationGivers.Rule("verify", RecommendationGivers.Verifiers, RecommendationState.Implemented);

    public static Ruling Decide(VerifyRecommendation command, ImprovementRecommendation state, DecisionContext context)
    {
        if (command.MeasuredAt > context.Now)
        {
            return Ruling.Refuse("measured-already", "measuredAt lies ahead.");
        }

        var wait = context.Rules.Recommendations.MeasureAfter;
        return command.MeasuredAt - state.ImplementedAt!.Value < wait
            ? Ruling.Refuse(
                "measured-late-enough",
                $"Measured too early to show anything: implemented {state.ImplementedAt:yyyy-MM-dd HH:mm}Z, measure at least {wait.TotalDays:0.#} days later.")
            : Ruling.Accept(new RecommendationVerified(command.After, command.MeasuredAt));
    }

    public static IEnumerable<VerifyRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) => [new(state.Metric?.Target ?? 5, context.Now)];
}

public sealed record RecommendationVerified(decimal After, DateTimeOffset MeasuredAt) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) => state with
    {
        Stage = RecommendationState.Verified,
        Metric = state.Metric! with { After = After, MeasuredAt = MeasuredAt },
        EndedAt = stamp.RecordedAt,
    };

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp)
    {
        var metric = after.Metric!;
        var measured = FormattableString.Invariant($"{metric.Name}: {metric.Before} before, {After} after, target {metric.Target}");
        var headline = metric.Reached ? "Verified: the target is reached" : "Verified: the target is missed";
        return new Entry(EntryKind.Review, headline, measured).ToCrossFunctional().ToExecutive(headline, measured);
    }
}
