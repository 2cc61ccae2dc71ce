using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>A duty lead puts it off until a stated time, when it is due to be looked at again.</summary>
/// <param name="Until">UTC, ahead.</param>
public sealed record DeferRecommendation(DateTimeOffset Until, string Reason) : Command, IRecommendationCommand<DeferRecommendation>
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } = RecommendationGivers.Rule(
        "defer", RecommendationGivers.Leads, RecommendationState.Proposed, RecommendationState.Accepted, RecommendationState.InProgress, RecommendationState.Deferred);

    public static Ruling Decide(DeferRecommendation command, ImprovementRecommendation state, DecisionContext context)
    {
        if (command.Until <= context.Now)
        {
            return Ruling.Refuse("until-ahead", "until must lie ahead.");
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Ruling.Refuse("reason-given", "Say in reason why it waits.")
            : Ruling.Accept(new RecommendationDeferred(command.Until, command.Reason));
    }

    public static IEnumerable<DeferRecommendation> Samples(ImprovementRecommendation state, DecisionContext context) =>
        [new(context.Now.AddDays(90), "The budget is set in autumn.")];
}

public sealed record RecommendationDeferred(DateTimeOffset Until, string Reason) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) => (state with { Stage = RecommendationState.Deferred }).WithDue(Until);

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        new Entry(EntryKind.Review, $"Deferred until {Until:yyyy-MM-dd}", Reason).ToCrossFunctional().ToExecutive($"Deferred until {Until:yyyy-MM-dd}: {after.Title}", Reason);
}
