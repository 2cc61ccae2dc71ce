using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>The horizon of a signal has ended, and nothing came of it. A timer of an older generation does nothing.</summary>
public sealed record ExpireSignal(int Generation) : Command, IRiskCommand<ExpireSignal>
{
    public static CommandRule<RiskSignal> Rule { get; } = new("expire", RiskGivers.Rules, _ => true);

    public static Ruling Decide(ExpireSignal command, RiskSignal state, DecisionContext context) =>
        RiskDeadlines.RanOut(state, RiskDeadlines.HorizonEnd, command.Generation, context.Now)
            ? Ruling.Accept(new RiskSignalExpired(state.ExpiresAt!.Value))
            : Ruling.Refuse("deadline-current", "This signal is settled, its horizon was moved, or it has not ended.");

    public static IEnumerable<ExpireSignal> Samples(RiskSignal state, DecisionContext context) => [];
}

public sealed record RiskSignalExpired(DateTimeOffset ExpiresAt) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state.Ended(RiskState.Expired, stamp);

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) => new Entry(EntryKind.Clock, "Expired: its horizon has ended", after.Summary).ToCrossFunctional();
}
