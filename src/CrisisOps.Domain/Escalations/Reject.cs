using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Why a case is not taken up.</summary>
public enum RejectReason { OutOfScope, InsufficientInformation, StandardQueue, Abusive, Duplicate }

/// <summary>Does not take a case up. Never a legal order; the requester is told why (domain §2.1). A duty lead's word (§9.6).</summary>
/// <param name="Explanation">What the requester reads.</param>
public sealed record Reject(RejectReason Reason, string Explanation) : Command, IEscalationCommand<Reject>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("reject", Givers.Leads, EscalationState.Received, EscalationState.Triaged);

    public static Ruling Decide(Reject command, Escalation state, DecisionContext context)
    {
        if (state.Has(Flag.LegalOrder) || Queueing.LegalClock(state) is not null || RaiseEscalation.Governmental.Contains(state.Source))
        {
            return Ruling.Refuse(
                "never-a-legal-order",
                "An order or request of an authority is never rejected: decide it, or Legal voids an order that is not genuine.",
                "propose-decision", "void-legal-order");
        }

        return string.IsNullOrWhiteSpace(command.Explanation)
            ? Ruling.Refuse("requester-told-why", "Say in explanation why; the requester reads it.")
            : Ruling.Accept(new EscalationRejected(command.Reason, command.Explanation));
    }

    public static IEnumerable<Reject> Samples(Escalation state, DecisionContext context) =>
        [new(RejectReason.StandardQueue, "This goes to the standard review queue, which answers within 24 hours.")];
}

public sealed record EscalationRejected(RejectReason Reason, string Explanation) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.Rejected,
        Clocks = state.Clocks.StopServiceLevels(stamp.RecordedAt),
        NextUpdateDue = null,
        Snooze = null,
        EndedAt = stamp.RecordedAt,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Rejected: {Reason}", Explanation)
            .ToCrossFunctional()
            .ToExecutive("Rejected")
            .ToPartner("We do not take up your report here", Explanation);
}
