using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>
/// Counts a recommendation among those of this review. It was proposed for this review, and it is named before the approval, so that
/// whoever approves has read it.
/// </summary>
public sealed record NameRecommendation(string RecommendationKey) : Command, IReviewCommand<NameRecommendation>, INamesStreams
{
    public static CommandRule<PostIncidentReview> Rule { get; } =
        ReviewGivers.Rule("name-recommendation", ReviewGivers.StaffAndRules, ReviewState.Draft, ReviewState.InReview);

    public IEnumerable<string> Streams() => RecommendationKey is null ? [] : [RecommendationKey];

    public static Ruling Decide(NameRecommendation command, PostIncidentReview state, DecisionContext context)
    {
        if (command.RecommendationKey is null || context.Streams.GetValueOrDefault(command.RecommendationKey) is not IRecommendationFacts recommendation)
        {
            return Ruling.Refuse("recommendation-known", $"There is no recommendation '{command.RecommendationKey}'.");
        }

        if (recommendation.ReviewKey != state.Key)
        {
            return Ruling.Refuse("recommendation-of-this-review", $"{command.RecommendationKey} came of {recommendation.ReviewKey ?? "no review"}; propose one for this review.");
        }

        return state.Recommendations.Contains(command.RecommendationKey)
            ? Ruling.Refuse("recommendation-new", $"{command.RecommendationKey} is named already.")
            : Ruling.Accept(new ReviewRecommendationNamed(command.RecommendationKey));
    }

    public static IEnumerable<NameRecommendation> Samples(PostIncidentReview state, DecisionContext context) => state.Stage == ReviewState.None
        ? [new("IMP-31")]
        : context.Streams.Where(s => s.Value is IRecommendationFacts).Select(s => s.Key).Order(StringComparer.Ordinal).Select(key => new NameRecommendation(key));

    public static Candidates? ChoosesFrom(PostIncidentReview state, Caller caller) =>
        new Candidates.Linkable("IMP", state.Exercise, [.. state.Recommendations], [], state.Key);
}

public sealed record ReviewRecommendationNamed(string RecommendationKey) : IReviewEvent
{
    public PostIncidentReview Apply(PostIncidentReview state, Stamp stamp) => state with { Recommendations = state.Recommendations.Add(RecommendationKey) };

    public Entry Say(PostIncidentReview before, PostIncidentReview after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"{RecommendationKey} came of this review").ToCrossFunctional().ToExecutive($"{RecommendationKey} came of this review");
}
