using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Partners;

/// <summary>Partners, as the lanes and the routes know them.</summary>
public sealed class PartnerStream : CardStream<Partner>
{
    public override string Prefix => "PRT";

    public override string Plural => "partners";

    public override int KeyDigits => 3;

    public override bool InBook => true;

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "name", "type", "regions", "languages", "expertise", "contacts", "tlp", "tlpClearance", "agreementRef", "verifiedAt", "endpoints", "precision", "proposedBy",
        "proposedAt", "endedAt",
    ];

    public override IReadOnlyList<string> Executive { get; } = ["key", "version", "state", "name", "type", "regions"];

    /// <summary>A list shows no endpoint: who looks for a partner needs no address.</summary>
    public override IReadOnlyList<string> Card { get; } =
        ["key", "version", "state", "name", "type", "regions", "languages", "expertise", "tlp", "tlpClearance", "verifiedAt", "precision", "proposedAt", "endedAt"];

    public override KindExample Example => new("PRT-001", "PartnerProposed", "Proposed", "PartnerEndpointRegistered", "Active", ("endpointId", "EP-1"));

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<PartnerState>().Skip(1)];

    public override object None(string key) => Partner.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => Partner.Fold((Partner)state, @event, stamp);

    public override string StateName(object state) => ((Partner)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((Partner)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((Partner)state).Regions;

    /// <summary>None: an old secret ends by being compared with the clock, and nothing has to happen then.</summary>
    public override IEnumerable<Deadline> Deadlines(object state) => [];

    /// <summary>A partner does not see its own file: what we think of it, and who else knows, is not for it.</summary>
    public override SightFacts SightOf(object state)
    {
        var partner = (Partner)state;
        return new SightFacts(partner.Tlp, [.. partner.Regions], [], [], [], [], [Role.PartnerManager, Role.LegalCounsel, Role.Communications], null, Audience.CrossFunctional);
    }

    public override bool Open(object state) => ((Partner)state).Open;

    public override bool Exercise(object state) => false;

    public override DateTimeOffset OpenedAt(object state) => ((Partner)state).ProposedAt;

    public override string Words(object state) => state is Partner partner ? $"{partner.Key} {partner.Name} {partner.Type} {string.Join(' ', partner.Expertise)}" : "";

    public override IEnumerable<(string Kind, string Id)> Claims(object state) =>
        state is Partner { Open: true } partner ? [(PartnerNameGuard.NameFact, PartnerNameGuard.FactId(partner.Name))] : [];

    /// <summary>Numbered through, whatever the year: <c>PRT-001</c>.</summary>
    public override string KeyPrefix(Command command, DateTimeOffset now) => Prefix;
}
