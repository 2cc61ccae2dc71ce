using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Keeps an eye on it: at <c>reviewAt</c> it is assessed anew. The watch is its giver's.</summary>
/// <param name="ReviewAt">UTC, ahead, before the horizon of the signal ends.</param>
public sealed record WatchRisk(DateTimeOffset ReviewAt) : Command, IRiskCommand<WatchRisk>
{
    public static CommandRule<RiskSignal> Rule { get; } = new("watch", RiskGivers.Specialists, state => state.Stage is RiskState.Assessed or RiskState.Watching);

    public static Ruling Decide(WatchRisk command, RiskSignal state, DecisionContext context) =>
        Check(command.ReviewAt, state.Surging ? null : state.ExpiresAt, context) ?? Ruling.Accept(new RiskWatchStarted(command.ReviewAt));

    public static IEnumerable<WatchRisk> Samples(RiskSignal state, DecisionContext context) => [new(context.Now.AddHours(1)), new(context.Now.AddMinutes(5))];

    /// <summary>Null when it can be looked at again then.</summary>
    internal static Ruling? Check(DateTimeOffset review, DateTimeOffset? expires, DecisionContext context) =>
        review <= context.Now ? Ruling.Refuse("review-ahead", "reviewAt must lie ahead.")
        : review >= expires ? Ruling.Refuse("review-within-horizon", $"The signal expires at {expires:yyyy-MM-dd HH:mm}Z, before that review; assess it with a longer horizon.", "assess")
        : null;
}

public sealed record RiskWatchStarted(DateTimeOffset ReviewAt) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state with { Stage = RiskState.Watching, ReviewAt = ReviewAt, Watcher = stamp.Actor, Reviews = state.Reviews + 1 };

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) => new Entry(EntryKind.StateChange, $"Watched, looked at again at {ReviewAt:yyyy-MM-dd HH:mm}Z").ToCrossFunctional();
}
