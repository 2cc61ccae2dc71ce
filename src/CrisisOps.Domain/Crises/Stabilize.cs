using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The worst is over: says by what that shows. Situation reports come at the slower cadence from now on (domain §2.2, §3 P5).</summary>
public sealed record Stabilize(IReadOnlyList<string> ExitIndicators) : Command, ICrisisCommand<Stabilize>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("stabilize", CrisisState.Active);

    public static Ruling Decide(Stabilize command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Command.Check(state, context) is { } refused)
        {
            return refused;
        }

        string[] indicators = [.. (command.ExitIndicators ?? []).Where(i => !string.IsNullOrWhiteSpace(i))];
        if (indicators.Length == 0)
        {
            return Ruling.Refuse("exit-indicators", "Name at least one indicator that shows it, for example re-uploads under 5 an hour for 3 hours.");
        }

        var cadence = context.Rules.Crises.Cadence(CrisisState.Stabilizing, state.Level!.Value);
        object[] missed = state.Cadence == cadence ? [] : SitRepSlots.Missed(state, context.Now);
        return Ruling.Accept([.. missed, new CrisisStabilized(indicators, state.Cadence!.Value, cadence, SitRepSlots.Changed(state, cadence, context.Now)!.Value)]);
    }

    public static IEnumerable<Stabilize> Samples(Crisis state, DecisionContext context) => [new(["re-uploads under 5 an hour for 3 hours"])];
}

public sealed record CrisisStabilized(IReadOnlyList<string> ExitIndicators, TimeSpan CadenceBefore, TimeSpan Cadence, DateTimeOffset NextSitRepDue) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => (state with { Stage = CrisisState.Stabilizing }).WithCadence(Cadence, NextSitRepDue);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Stabilizing", $"{string.Join("; ", ExitIndicators)}; {SitRepSlots.Next(NextSitRepDue)}")
            .ToCrossFunctional()
            .ToExecutive("Stabilizing", SitRepSlots.Next(NextSitRepDue));
}
