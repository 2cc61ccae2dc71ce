using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Says which case or crisis was opened of the signal; given by the rule that opened it.</summary>
public sealed record LinkRisk(string? EscalationKey = null, string? CrisisKey = null) : Command, IRiskCommand<LinkRisk>
{
    public static CommandRule<RiskSignal> Rule { get; } = new("link", RiskGivers.Rules, state => state.Stage == RiskState.Escalated);

    public static Ruling Decide(LinkRisk command, RiskSignal state, DecisionContext context) =>
        (state.EscalationKey ?? state.CrisisKey) is { } known ? Ruling.Refuse("linked-once", $"{known} deals with it already.")
        : (command.EscalationKey ?? command.CrisisKey) is null ? Ruling.Refuse("case-known", "Name the escalation or the crisis.")
        : Ruling.Accept(new RiskLinked(command.EscalationKey, command.CrisisKey));

    public static IEnumerable<LinkRisk> Samples(RiskSignal state, DecisionContext context) => [];
}

public sealed record RiskLinked(string? EscalationKey, string? CrisisKey) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state with { EscalationKey = EscalationKey, CrisisKey = CrisisKey };

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) => new Entry(EntryKind.StateChange, $"{EscalationKey ?? CrisisKey} came of it").ToCrossFunctional();
}
