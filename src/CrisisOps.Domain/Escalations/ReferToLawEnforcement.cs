using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Tells law enforcement of a threat to life: from the raise on, by one person, once (domain §9.1). Meets the referral clock.</summary>
/// <param name="Basis">Why it is told, for example <c>ThreatToLife</c>.</param>
/// <param name="Authority">Who was told.</param>
/// <param name="Reference">The reference of the referral there or in the vault.</param>
public sealed record ReferToLawEnforcement(string Basis, string Authority, string Reference) : Command, IEscalationCommand<ReferToLawEnforcement>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("refer-to-law-enforcement", Givers.Specialists);

    public static Ruling Decide(ReferToLawEnforcement command, Escalation state, DecisionContext context) =>
        state.Referral is { Referred: true } referral
            ? Ruling.Refuse("referred-once", $"{referral.Authority} was told already; post what is new as a note.", "post-note")
            : Ruling.Accept(new LawEnforcementReferred(command.Basis, command.Authority, command.Reference));

    public static IEnumerable<ReferToLawEnforcement> Samples(Escalation state, DecisionContext context) =>
        [new("ThreatToLife", "Norland National Police", "LEA-77")];
}

/// <summary>Core only, and RED: nobody who is not named reads of law enforcement (domain §4).</summary>
public sealed record LawEnforcementReferred(string Basis, string Authority, string Reference) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Referral = new ReferralOutcome(true, Authority, Basis, stamp.OccurredAt),
        Clocks = state.Clocks.Meet(c => c.Kind == ClockKind.ThreatToLifeReferral || c.ClockId == LegalProfiles.AuthorityInformed, stamp.OccurredAt, stamp.RecordedAt),
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        (new Entry(EntryKind.Referral, $"Referred to law enforcement: {Authority} ({Basis})", Reference) { Tlp = Shared.Tlp.RED }).LearnedLate(before, after);
}
