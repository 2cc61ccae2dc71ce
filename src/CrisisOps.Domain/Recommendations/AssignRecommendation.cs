using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>Another owner, and another due time if one is named: by the present owner or a duty lead.</summary>
/// <param name="DueAt">UTC, ahead; absent keeps the one before.</param>
public sealed record AssignRecommendation(string Owner, DateTimeOffset? DueAt = null) : Command, IRecommendationCommand<AssignRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = RecommendationGivers.Rule(
        "assign", RecommendationGivers.Owners, RecommendationState.Accepted, RecommendationState.InProgress, RecommendationState.Implemented, RecommendationState.Deferred);

    public static Ruling Decide(AssignRecommendation command, ImprovementRecommendation state, DecisionContext context)
    {
        if ((RecommendationGivers.Owner(state, context) ?? OwnerGuard.Check(command.Owner, command.DueAt, context)) is { } refused)
        {
            return refused;
        }

        if (command.DueAt is not null && state.Stage is RecommendationState.Implemented or RecommendationState.Deferred)
        {
            return Ruling.Refuse("due-open", $"{state.Stage} has no due time to move; leave dueAt out.");
        }

        return command.Owner == state.Owner && command.DueAt is null
            ? Ruling.Refuse("owner-new", $"{state.Owner} owns it already; name a new dueAt, or somebody else.")
            : Ruling.Accept(new RecommendationAssigned(command.Owner, command.DueAt));
    }

    public static IEnumerable<AssignRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) =>
        [new(context.Caller.Id), new(context.Caller.Id, context.Now.AddDays(14))];
}

/// <param name="DueAt">The new due time; null keeps the one before.</param>
public sealed record RecommendationAssigned(string Owner, DateTimeOffset? DueAt) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) =>
        DueAt is null ? state with { Owner = Owner } : (state with { Owner = Owner }).WithDue(DueAt);

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"Assigned to {Owner}", DueAt is { } due ? $"due {due:yyyy-MM-dd}" : null).ToCrossFunctional();
}
