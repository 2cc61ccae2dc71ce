using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Somebody else than who proposed it has looked at the partner, and there is an agreement with it.</summary>
/// <param name="AgreementRef">Where the agreement is filed.</param>
public sealed record VetPartner(string AgreementRef) : Command, IPartnerCommand<VetPartner>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.Rule("vet", PartnerGivers.Managers, PartnerState.Proposed);

    public static Ruling Decide(VetPartner command, Partner state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.AgreementRef))
        {
            return Ruling.Refuse("agreement-given", "Say in agreementRef where the agreement with this partner is filed.");
        }

        return state.ProposedBy == context.Caller.Id
            ? Ruling.Refuse("four-eyes", "You proposed it; another partner manager vets it.")
            : Ruling.Accept(new PartnerVetted(command.AgreementRef));
    }

    public static IEnumerable<VetPartner> Samples(Partner state, DecisionContext context) => [new("AGR-2027-12")];
}

public sealed record PartnerVetted(string AgreementRef) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) =>
        state with { Stage = PartnerState.Vetted, AgreementRef = AgreementRef, VerifiedAt = stamp.OccurredAt };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Vetted", $"agreement {AgreementRef}").ToCrossFunctional().ToExecutive($"Partner vetted: {after.Name}");
}
