using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Confirms the receipt to whoever reported. Automatic for submissions of partners proposed as SEV1 and for Art. 16 notices;
/// elsewhere triage counts as the acknowledgement, and a receipt may still follow it once (domain §2.1).
/// </summary>
public sealed record AcknowledgeReceipt : Command, IEscalationCommand<AcknowledgeReceipt>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule(
        "acknowledge-receipt", [.. Givers.Specialists, Role.System], EscalationState.Received, EscalationState.Triaged, EscalationState.Assigned);

    public static Ruling Decide(AcknowledgeReceipt command, Escalation state, DecisionContext context) =>
        state.ReceiptAcknowledgedAt is { } at
            ? Ruling.Refuse("acknowledged-once", $"Receipt was confirmed at {at:HH:mm}Z; tell the requester more with an answer.", "respond-to-requester")
            : Ruling.Accept(new ReceiptAcknowledged(context.Caller.Type == ActorType.System));

    public static IEnumerable<AcknowledgeReceipt> Samples(Escalation state, DecisionContext context) => [new()];
}

/// <param name="Automatic">Sent by the server, not by a person.</param>
public sealed record ReceiptAcknowledged(bool Automatic) : IEscalationEvent
{
    /// <summary>The receipt that Art. 16(4) of the DSA owes to the notifier is this one.</summary>
    private const string NoticeReceipt = "DSA_ART16_RECEIPT";

    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        ReceiptAcknowledgedAt = stamp.OccurredAt,
        Clocks = state.Clocks.Meet(c => c.Kind == ClockKind.Acknowledge || c.ClockId == NoticeReceipt, stamp.OccurredAt, stamp.RecordedAt),
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var headline = Automatic ? "Receipt confirmed automatically" : "Receipt confirmed";
        return new Entry(EntryKind.Ack, headline).ToCrossFunctional().ToPartner("We confirm the receipt of your report").LearnedLate(before, after);
    }
}
