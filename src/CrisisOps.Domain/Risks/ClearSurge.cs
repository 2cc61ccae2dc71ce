using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Reports come as usual again. The signal stays for whoever deals with it, and expires if nobody does.</summary>
/// <param name="Until">The end of the hour that was counted, UTC.</param>
public sealed record ClearSurge(long Observed, decimal? Baseline, DateTimeOffset Until) : Command, IRiskCommand<ClearSurge>
{
    public static CommandRule<RiskSignal> Rule { get; } = new("clear-surge", RiskGivers.Rules, state => state.Stage != RiskState.None);

    public static Ruling Decide(ClearSurge command, RiskSignal state, DecisionContext context) => state.Surging
        ? Ruling.Accept(new SurgeCleared(command.Observed, command.Baseline, command.Until, context.Now + context.Rules.Risks.Horizons[state.Horizon]))
        : Ruling.Refuse("surge-runs", "There is no surge, or it is over already.");

    public static IEnumerable<ClearSurge> Samples(RiskSignal state, DecisionContext context) => [];
}

/// <param name="At">The end of the second hour in a row that was as usual, UTC.</param>
/// <param name="ExpiresAt">Until when the signal stands if nobody deals with it, UTC.</param>
public sealed record SurgeCleared(long Observed, decimal? Baseline, DateTimeOffset At, DateTimeOffset ExpiresAt) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp)
    {
        var cleared = state with { Surge = state.Surge! with { ClearedAt = At } };
        return state.ExpiresAt >= ExpiresAt ? cleared : cleared.Until(ExpiresAt);
    }

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp)
    {
        var body = FormattableString.Invariant($"{Observed} in the last hour{(Baseline is { } usual ? $", usual are {usual:0.#}" : "")}");
        return new Entry(EntryKind.StateChange, "The surge is over", body).ToCrossFunctional();
    }
}
