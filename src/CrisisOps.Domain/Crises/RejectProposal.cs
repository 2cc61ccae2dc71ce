using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Says that a proposal is no crisis; its escalations go on by themselves (domain §2.2).</summary>
public sealed record RejectProposal(string Reason) : Command, ICrisisCommand<RejectProposal>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("reject-proposal", CrisisState.Proposed);

    public static Ruling Decide(RejectProposal command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Ruling.Refuse("reason-given", "Say in reason why it is no crisis.")
            : Ruling.Accept(new CrisisProposalRejected(command.Reason));
    }

    public static IEnumerable<RejectProposal> Samples(Crisis state, DecisionContext context) => [new("three reports of one old video")];
}

public sealed record CrisisProposalRejected(string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Stage = CrisisState.Rejected, EndedAt = stamp.RecordedAt };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Proposal rejected: no crisis", Reason).ToCrossFunctional().ToExecutive("No crisis: the proposal was rejected");
}
