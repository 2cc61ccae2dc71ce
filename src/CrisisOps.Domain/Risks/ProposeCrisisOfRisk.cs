using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>
/// Proposes a crisis in the region of the signal: a duty lead says so, or the rule does when a second, independent signal stands beside a surge that runs
/// (domain §3, P3). One that is too weak does not do it by itself (domain §2.4).
/// </summary>
/// <param name="Summary">Absent means that of the signal.</param>
/// <param name="With">The second signal: open, graded, about the same region, and of another kind or from another origin.</param>
public sealed record ProposeCrisisOfRisk(CrisisType Type, string? Summary = null, string? With = null)
    : Command, IRiskCommand<ProposeCrisisOfRisk>, INamesStreams, INamesFacts<RiskSignal>
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.WhileOpen("propose-crisis", RiskGivers.LeadsAndRules);

    public IEnumerable<string> Streams() => With is null ? [] : [With];

    public IEnumerable<(string Kind, string Id)> Facts(RiskSignal state) =>
        (state.Regions.IsEmpty ? [Regions.World] : state.Regions).Select(region => (ProposeCrisis.OpenCrisisFact, ProposeCrisis.FactId(Type, region, state.Exercise)));

    public static Ruling Decide(ProposeCrisisOfRisk command, RiskSignal state, DecisionContext context)
    {
        if (context.Caller.Is(Role.System) && (command.With is null || !state.Surging))
        {
            return Ruling.Refuse("second-signal", "By rule a crisis is proposed of a surge that runs, and of a second signal beside it.");
        }

        if (command.With is { } with && Independence.Check(state, with, context) is { } refused)
        {
            return refused;
        }

        if (command.With is null && state.Corroborations.IsEmpty && state.Grade is not { Weak: false })
        {
            return Ruling.Refuse(
                "signal-too-weak",
                state.Grade is { } grade
                    ? $"Graded {grade}, it does not propose a crisis by itself: corroborate it, or name in with a second, independent signal."
                    : "It is not graded yet: grade it, corroborate it, or name in with a second, independent signal.",
                "grade", "corroborate");
        }

        if (RedGuard.Check(there: false, state, "POST /v1/crises", "crisisKey") is { } hidden)
        {
            return hidden;
        }

        var open = command.Facts(state).Select(f => context.Fact(f.Kind, f.Id)).FirstOrDefault(key => key is not null);
        return open is not null
            ? Ruling.Refuse("one-open-proposal", $"{open} is open for {command.Type} there; name it in crisisKey of escalate.", "escalate")
            : Ruling.Accept(new RiskCrisisProposed(command.Type, command.Summary ?? state.Summary, state.Surge is null ? CrisisTrigger.RiskSignal : CrisisTrigger.SurgeRule, command.With));
    }

    public static IEnumerable<ProposeCrisisOfRisk> Samples(RiskSignal state, DecisionContext context) =>
        from with in context.Streams.Keys.Where(key => key.StartsWith("RSK-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Prepend(null)
        from type in new[] { context.Rules.Crises.Cluster.TypeOf(state.PolicyArea), CrisisType.Other }.Distinct()
        select new ProposeCrisisOfRisk(type, With: with);

    public static Candidates? ChoosesFrom(RiskSignal state, Caller caller) => new Candidates.Linkable(
        "RSK", state.Exercise, [state.Key], [nameof(RiskState.Escalated), nameof(RiskState.Dismissed), nameof(RiskState.Expired)]);
}

/// <summary>The crisis is proposed by rule right after it; <see cref="RiskLinked"/> says which.</summary>
public sealed record RiskCrisisProposed(CrisisType Type, string Summary, CrisisTrigger Trigger, string? With) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state.Ended(RiskState.Escalated, stamp);

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"A crisis is proposed of it: {Type}", With is null ? Summary : $"{Summary} [with {With}]").ToCrossFunctional($"A crisis is proposed of it: {Type}", Summary);
}
