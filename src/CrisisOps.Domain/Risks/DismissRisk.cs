using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Nothing is to be done about it, and why. A surge that still runs is not told again until it is over.</summary>
public sealed record DismissRisk(string Reason) : Command, IRiskCommand<DismissRisk>
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.WhileOpen("dismiss", RiskGivers.Specialists);

    public static Ruling Decide(DismissRisk command, RiskSignal state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Reason)
        ? Ruling.Refuse("reason-given", "Say in reason why nothing is to be done.")
        : Ruling.Accept(new RiskDismissed(command.Reason));

    public static IEnumerable<DismissRisk> Samples(RiskSignal state, DecisionContext context) => [new("A partner sent its backlog of the week at once.")];
}

public sealed record RiskDismissed(string Reason) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state.Ended(RiskState.Dismissed, stamp) with { DismissedBecause = Reason };

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp) => new Entry(EntryKind.Decision, "Dismissed", Reason).ToCrossFunctional();
}
