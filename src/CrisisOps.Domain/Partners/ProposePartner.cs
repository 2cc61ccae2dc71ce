using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>Proposes an organisation as a partner; somebody else vets it. It may be sent GREEN until its clearance is changed.</summary>
/// <param name="Name">As it calls itself; no other partner that is not offboarded has it, capitals aside.</param>
/// <param name="Regions">ISO 3166 codes of where it works; absent means everywhere.</param>
/// <param name="Languages">BCP 47 tags of the languages it reads.</param>
/// <param name="Expertise">What it knows about.</param>
/// <param name="Contacts">Whom to reach there: references into the vault, never names or addresses.</param>
public sealed record ProposePartner(
    string Name,
    PartnerType Type,
    IReadOnlyList<string>? Regions = null,
    IReadOnlyList<string>? Languages = null,
    IReadOnlyList<string>? Expertise = null,
    IReadOnlyList<PartnerContact?>? Contacts = null) : Command, IPartnerCommand<ProposePartner>, INamesFacts<Partner>
{
    public static CommandRule<Partner> Rule { get; } = PartnerGivers.Rule("propose", PartnerGivers.Managers, PartnerState.None) with { Opens = true };

    public IEnumerable<(string Kind, string Id)> Facts(Partner state) => [(PartnerNameGuard.NameFact, PartnerNameGuard.FactId(Name))];

    public static Ruling Decide(ProposePartner command, Partner state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.Name))
        {
            return Ruling.Refuse("name-given", "Say in name what the partner calls itself.");
        }

        return PartnerNameGuard.Free(command.Name, context) ?? PartnerContactGuard.Check(command.Contacts) ?? Ruling.Accept(new PartnerProposed(
            command.Name.Trim(), command.Type, command.Regions ?? [], command.Languages ?? [], command.Expertise ?? [], [.. (command.Contacts ?? []).OfType<PartnerContact>()]));
    }

    public static IEnumerable<ProposePartner> Samples(Partner state, DecisionContext context) =>
    [
        new("OpenHash Exchange", PartnerType.HashSharingBody, ["XN"], ["en"], ["terrorist content"], [new PartnerContact("CNT-1", "duty officer", Channel.Phone, "Europe/Vienna")]),
    ];
}

public sealed record PartnerProposed(
    string Name,
    PartnerType Type,
    IReadOnlyList<string> Regions,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Expertise,
    IReadOnlyList<PartnerContact> Contacts) : IPartnerEvent
{
    public Partner Apply(Partner state, Stamp stamp) => state with
    {
        Stage = PartnerState.Proposed,
        Name = Name,
        Type = Type,
        Regions = [.. Regions],
        Languages = [.. Languages],
        Expertise = [.. Expertise],
        Contacts = [.. Contacts],
        ProposedBy = stamp.Actor,
        ProposedAt = stamp.RecordedAt,
    };

    public Entry Say(Partner before, Partner after, Stamp stamp)
    {
        var headline = $"Partner proposed: {Name}";
        return new Entry(EntryKind.Raised, headline, $"{Type}, {(Regions.Count == 0 ? "everywhere" : string.Join(", ", Regions))}").ToCrossFunctional().ToExecutive(headline);
    }
}
