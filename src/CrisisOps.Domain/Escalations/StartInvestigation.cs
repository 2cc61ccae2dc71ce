using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Says that somebody is looking into it (domain §2.1).</summary>
/// <param name="Hypothesis">What it might be; stays in the core team.</param>
public sealed record StartInvestigation(string? Hypothesis = null) : Command, IEscalationCommand<StartInvestigation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("start-investigation", Givers.Specialists, EscalationState.Assigned);

    public static Ruling Decide(StartInvestigation command, Escalation state, DecisionContext context) =>
        Ruling.Accept(new InvestigationStarted(command.Hypothesis));

    public static IEnumerable<StartInvestigation> Samples(Escalation state, DecisionContext context) => [new("live video made by the perpetrator")];
}

public sealed record InvestigationStarted(string? Hypothesis) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Stage = EscalationState.Investigating };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Investigation started", Hypothesis)
            .ToCrossFunctional("Investigation started")
            .ToExecutive("Investigation started");
}
