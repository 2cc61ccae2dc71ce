using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Records why law enforcement is not told, while that is owed (domain §9.1). It can still be told later.</summary>
public sealed record DeclineReferral(string Reason) : Command, IEscalationCommand<DeclineReferral>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("decline-referral", Givers.Specialists);

    public static Ruling Decide(DeclineReferral command, Escalation state, DecisionContext context) =>
        state.Clocks.Find(ClockKind.ThreatToLifeReferral) is null
            ? Ruling.Refuse("referral-owed", "No referral is owed on this case: there is nothing to decline.")
            : Ruling.Accept(new ReferralDeclined(command.Reason));

    public static IEnumerable<DeclineReferral> Samples(Escalation state, DecisionContext context) =>
        [new("The police were on the scene before the stream was reported.")];
}

/// <summary>Core only.</summary>
public sealed record ReferralDeclined(string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Referral = new ReferralOutcome(false, null, Reason, stamp.OccurredAt),
        Clocks = state.Clocks.Meet(ClockKind.ThreatToLifeReferral, stamp.OccurredAt, stamp.RecordedAt),
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Referral, "Not referred to law enforcement", Reason).LearnedLate(before, after);
}
