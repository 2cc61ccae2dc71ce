using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Tells law enforcement: from the command or a duty lead, one person (domain §2.2, §9.1). What stands in it is for Core, RED.</summary>
/// <param name="Basis">Why, for example <c>ThreatToLife</c>.</param>
/// <param name="Authority">Who was told.</param>
/// <param name="Reference">The reference of the referral there or in the vault.</param>
/// <param name="Escalations">Linked escalations whose referral clock this meets.</param>
public sealed record ReferCrisisToLawEnforcement(string Basis, string Authority, string Reference, IReadOnlyList<string>? Escalations = null)
    : Command, ICrisisCommand<ReferCrisisToLawEnforcement>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("refer-to-law-enforcement");

    public static Ruling Decide(ReferCrisisToLawEnforcement command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        string[] escalations = [.. (command.Escalations ?? []).Distinct(StringComparer.Ordinal)];
        return Array.Find(escalations, key => !state.Has(key)) is { } stranger
            ? Ruling.Refuse("escalation-linked", $"'{stranger}' does not belong to this crisis; attach it, or refer it by itself.", "attach-escalation")
            : Ruling.Accept(new CrisisLawEnforcementReferred(command.Basis, command.Authority, command.Reference, escalations));
    }

    public static IEnumerable<ReferCrisisToLawEnforcement> Samples(Crisis state, DecisionContext context) =>
        [new("ThreatToLife", "Norland National Police", "LEA-77", [.. state.Escalations.Take(1).Select(e => e.Key)])];
}

/// <summary>
/// <c>LawEnforcementReferred</c> of domain §2.2; stored under a name of its own, because the escalation stream has an event of that
/// name. Core only, and RED.
/// </summary>
public sealed record CrisisLawEnforcementReferred(string Basis, string Authority, string Reference, IReadOnlyList<string> Escalations) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) =>
        state with { Referrals = state.Referrals.Add(new CrisisReferral(Basis, Authority, Reference, Escalations, stamp.OccurredAt)) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new(EntryKind.Referral, $"Referred to law enforcement: {Authority} ({Basis})", Escalations.Count > 0 ? $"{Reference}, for {string.Join(", ", Escalations)}" : Reference)
        {
            Tlp = Shared.Tlp.RED,
        };
}
