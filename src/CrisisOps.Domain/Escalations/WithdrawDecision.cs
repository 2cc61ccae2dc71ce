using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Takes one's own proposal back while nobody has approved it (domain §9.1).</summary>
public sealed record WithdrawDecision(string Reason) : Command, IEscalationCommand<WithdrawDecision>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("withdraw-decision", Givers.Specialists, EscalationState.DecisionProposed);

    public static Ruling Decide(WithdrawDecision command, Escalation state, DecisionContext context) => state.Decision switch
    {
        null => Ruling.Refuse("decision-proposed", "No decision waits for approval on this case."),
        { ProposedBy: var proposer } when proposer != context.Caller.Id =>
            Ruling.Refuse("own-decision", $"Only {proposer}, who proposed it, withdraws it; an approver may return it.", "return-decision"),
        var decision => Ruling.Accept(new DecisionWithdrawn(decision.DecisionKey, command.Reason)),
    };

    public static IEnumerable<WithdrawDecision> Samples(Escalation state, DecisionContext context) => [new("New evidence came in.")];
}

/// <summary>The proposal stays in history; the case has no decision again.</summary>
public sealed record DecisionWithdrawn(string DecisionKey, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Stage = EscalationState.Investigating, Decision = null };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Decision, $"{DecisionKey} withdrawn by {stamp.Actor}", Reason)
            .ToCrossFunctional("Decision withdrawn")
            .ToExecutive("Decision withdrawn");
}
