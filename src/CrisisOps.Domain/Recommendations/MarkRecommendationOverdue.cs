using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>The due time passed, or the time until which it was deferred. A timer of an older generation does nothing.</summary>
public sealed record MarkRecommendationOverdue(int Generation) : Command, IRecommendationCommand<MarkRecommendationOverdue>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = new("mark-overdue", RecommendationGivers.Timers, _ => true);

    public static Ruling Decide(MarkRecommendationOverdue command, ImprovementRecommendation state, DecisionContext context) =>
        RecommendationDeadlines.Of(state).SingleOrDefault() is { Missed: false } due && due.Generation == command.Generation && due.DueAt <= context.Now
            ? Ruling.Accept(new RecommendationOverdue(due.DueAt))
            : Ruling.Refuse("deadline-current", "This recommendation is settled, its due time was moved, or it is not due.");

    public static IEnumerable<MarkRecommendationOverdue> Samples(ImprovementRecommendation state, DecisionContext context) => [];
}

public sealed record RecommendationOverdue(DateTimeOffset DueAt) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) => state with { Overdue = true };

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp)
    {
        var headline = after.Stage switch
        {
            RecommendationState.Deferred => $"Was deferred until {DueAt:yyyy-MM-dd}: look at it again",
            RecommendationState.Proposed => $"Waits for a decision since {DueAt:yyyy-MM-dd}",
            RecommendationState.Implemented => $"Not measured by {DueAt:yyyy-MM-dd}",
            _ => $"Overdue since {DueAt:yyyy-MM-dd}",
        };
        return new Entry(EntryKind.Clock, headline, after.Owner is null ? after.Title : $"{after.Title}; owner {after.Owner}").ToCrossFunctional();
    }
}
