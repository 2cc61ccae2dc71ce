using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>The partner takes part from now on: what goes to partners goes to its verified endpoints.</summary>
public sealed record ActivatePartner : Command, IPartnerCommand<ActivatePartner>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.Rule("activate", PartnerGivers.Managers, PartnerState.Vetted);

    public static Ruling Decide(ActivatePartner command, Partner state, DecisionContext context) => Ruling.Accept(new PartnerActivated());

    public static IEnumerable<ActivatePartner> Samples(Partner state, DecisionContext context) => [new()];
}

public sealed record PartnerActivated : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state with { Stage = PartnerState.Active };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Active").ToCrossFunctional().ToExecutive($"Partner active: {after.Name}");
}
