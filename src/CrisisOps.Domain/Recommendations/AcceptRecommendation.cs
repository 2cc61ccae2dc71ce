using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>A duty lead accepts it: somebody owns it now, by a due time, and it is known how to see whether it helped.</summary>
/// <param name="DueAt">When it has to be implemented, UTC, ahead.</param>
/// <param name="Metric">Absent keeps the one it was proposed with.</param>
public sealed record AcceptRecommendation(string Owner, DateTimeOffset DueAt, MetricAim? Metric = null) : Command, IRecommendationCommand<AcceptRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = RecommendationGivers.Rule("accept", RecommendationGivers.Leads, RecommendationState.Proposed);

    public static Ruling Decide(AcceptRecommendation command, ImprovementRecommendation state, DecisionContext context)
    {
        if (OwnerGuard.Check(command.Owner, command.DueAt, context) is { } refused)
        {
            return refused;
        }

        var metric = command.Metric ?? (state.Metric is { } proposed ? new MetricAim(proposed.Name, proposed.Before, proposed.Target) : null);
        return metric is null
            ? Ruling.Refuse("metric-named", "Say in metric how it will be seen whether it helped: name, before, target.")
            : MetricGuard.Check(null, command.Metric) ?? Ruling.Accept(new RecommendationAccepted(command.Owner, command.DueAt, metric));
    }

    public static IEnumerable<AcceptRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) =>
        [new(context.Caller.Id, context.Now.AddDays(30), state.Metric is null ? new MetricAim("median minutes to first response", 14, 5) : null)];
}

public sealed record RecommendationAccepted(string Owner, DateTimeOffset DueAt, MetricAim Metric) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) =>
        (state with { Stage = RecommendationState.Accepted, Owner = Owner, Metric = RecommendationMetric.Of(Metric) }).WithDue(DueAt);

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"Accepted, owner {Owner}, due {DueAt:yyyy-MM-dd}", MetricGuard.Say(Metric))
            .ToCrossFunctional()
            .ToExecutive($"Accepted: {after.Title}", $"due {DueAt:yyyy-MM-dd}");
}

/// <summary>Whoever is to own a recommendation may be anybody of the company, in the directory or not.</summary>
internal static class OwnerGuard
{
    public static Ruling? Check(string? owner, DateTimeOffset? due, DecisionContext context) =>
        string.IsNullOrWhiteSpace(owner) ? Ruling.Refuse("owner-named", "Name in owner who takes it on.")
        : due <= context.Now ? Ruling.Refuse("due-ahead", "dueAt must lie ahead.")
        : null;
}
