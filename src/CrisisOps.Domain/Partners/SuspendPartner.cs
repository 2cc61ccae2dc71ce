using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Nothing goes to the partner for now. A duty lead may do it too: what must stop can not wait for the morning.</summary>
public sealed record SuspendPartner(string Reason) : Command, IPartnerCommand<SuspendPartner>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.Rule("suspend", PartnerGivers.ManagersAndLeads, PartnerState.Active);

    public static Ruling Decide(SuspendPartner command, Partner state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Reason)
        ? Ruling.Refuse("reason-given", "Say in reason why nothing may go to this partner.")
        : Ruling.Accept(new PartnerSuspended(command.Reason));

    public static IEnumerable<SuspendPartner> Samples(Partner state, DecisionContext context) => [new("Its account is said to be taken over.")];
}

public sealed record PartnerSuspended(string Reason) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state with { Stage = PartnerState.Suspended };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Suspended", Reason).ToCrossFunctional().ToExecutive($"Partner suspended: {after.Name}");
}
