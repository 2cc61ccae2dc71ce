using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Sends a proposed decision back to the investigation, by whoever could approve it (domain §2.1).</summary>
public sealed record ReturnDecision(string Reason) : Command, IEscalationCommand<ReturnDecision>, INamesPeople
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("return-decision", Givers.Approvers, EscalationState.DecisionProposed);

    public IEnumerable<string> People(string caller) => [caller];

    public static Ruling Decide(ReturnDecision command, Escalation state, DecisionContext context) =>
        DecisionApproval.Entitled(state, context) ?? Ruling.Accept(new DecisionReturned(state.Decision!.DecisionKey, command.Reason));

    public static IEnumerable<ReturnDecision> Samples(Escalation state, DecisionContext context) => [new("Ask Human Rights first.")];
}

/// <summary>The proposal stays in history; the case has no decision again.</summary>
public sealed record DecisionReturned(string DecisionKey, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Stage = EscalationState.Investigating, Decision = null };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Decision, $"{DecisionKey} returned by {stamp.Actor}", Reason)
            .ToCrossFunctional("Decision returned")
            .ToExecutive("Decision returned for more work");
}
