using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>The partner is none any more, for good: its name is free, and whoever comes back is proposed and vetted anew.</summary>
public sealed record OffboardPartner(string Reason) : Command, IPartnerCommand<OffboardPartner>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.WhileOpen("offboard", PartnerGivers.Managers);

    public static Ruling Decide(OffboardPartner command, Partner state, DecisionContext context) => string.IsNullOrWhiteSpace(command.Reason)
        ? Ruling.Refuse("reason-given", "Say in reason why it is no partner any more.")
        : Ruling.Accept(new PartnerOffboarded(command.Reason));

    public static IEnumerable<OffboardPartner> Samples(Partner state, DecisionContext context) => [new("The agreement has ended.")];
}

public sealed record PartnerOffboarded(string Reason) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state with { Stage = PartnerState.Offboarded, EndedAt = stamp.RecordedAt };

    public Entry Say(Partner before, Partner after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Offboarded", Reason).ToCrossFunctional().ToExecutive($"Partner offboarded: {after.Name}");
}
