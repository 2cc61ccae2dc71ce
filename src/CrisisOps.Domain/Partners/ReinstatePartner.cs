using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>What it was suspended for is settled: the partner takes part again.</summary>
/// <param name="Note">What settled it.</param>
public sealed record ReinstatePartner(string? Note = null) : Command, IPartnerCommand<ReinstatePartner>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.Rule("reinstate", PartnerGivers.Managers, PartnerState.Suspended);

    public static Ruling Decide(ReinstatePartner command, Partner state, DecisionContext context) => Ruling.Accept(new PartnerReinstated(command.Note));

    public static IEnumerable<ReinstatePartner> Samples(Partner state, DecisionContext context) => [new("The account is theirs again; called back.")];
}

public sealed record PartnerReinstated(string? Note) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state with { Stage = PartnerState.Active };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Reinstated", Note).ToCrossFunctional().ToExecutive($"Partner reinstated: {after.Name}");
}
