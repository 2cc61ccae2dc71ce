using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>The time of a watch has come. A timer of an older generation does nothing.</summary>
public sealed record ReviewWatch(int Generation) : Command, IRiskCommand<ReviewWatch>
{
    public static CommandRule<RiskSignal> Rule { get; } = new("review-watch", RiskGivers.Rules, _ => true);

    public static Ruling Decide(ReviewWatch command, RiskSignal state, DecisionContext context) =>
        RiskDeadlines.RanOut(state, RiskDeadlines.Review, command.Generation, context.Now)
            ? Ruling.Accept(new RiskReviewDue(state.ReviewAt!.Value))
            : Ruling.Refuse("deadline-current", "Nobody watches this signal any more, its review was moved, or it is not due.");

    public static IEnumerable<ReviewWatch> Samples(RiskSignal state, DecisionContext context) => [];
}

public sealed record RiskReviewDue(DateTimeOffset ReviewAt) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state with { Stage = RiskState.Assessed, ReviewAt = null };

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) => new Entry(EntryKind.Clock, "Due to be looked at again", after.Summary).ToCrossFunctional();
}
