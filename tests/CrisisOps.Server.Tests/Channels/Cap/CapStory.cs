using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Channels.Cap;

namespace CrisisOps.Server.Tests.Channels.Cap;

/// <summary>The alert of Norland (domain §7, #30, #48 and #69): issued, updated, cancelled; as its events tell it, folded by the crisis itself.</summary>
internal sealed record CapStory
{
    public const string VideoHub = "VideoHub Alliance";
    public const string OpenHash = "OpenHash Exchange";
    public const string CivicWatch = "Norland Civic Watch";
    public static readonly XNamespace Cap = CapXml.Namespace;
    public static readonly CapSender Sender = new("agora.example", "Agora crisis desk");

    private static readonly string[] _recipients = [VideoHub, OpenHash, CivicWatch];

    public Crisis Declared { get; init; } = Crisis.None with
    {
        Key = "CR-2027-0007",
        Version = 5,
        Stage = CrisisState.Active,
        Type = CrisisType.TerrorOrViolentExtremistAttack,
        Title = "Video of Breivald's attack",
        Codename = "HARBOUR",
        Regions = ["XN", "XN-01"],
        Level = CrisisLevel.Level1,
        MaskedTerms = ["Breivald"],
        Escalations = [new AttachedEscalation("ESC-2027-000101", true)],
        Assessment = new Assessment(4, 3, CrisisLevel.Level1, Certainty.Observed, "lead-01", At("05-15 14:05:30")),
        ProposedBy = "spec-04",
    };

    public PartnerAlertIssued Issued { get; init; } = new(
        "crisisops-CR-2027-0007.1", _recipients, TimeSpan.FromMinutes(20), At("05-15 14:34:00"), Tlp.AMBER, AlertScope.Restricted, "Live video of an attack",
        "Please match and remove these hashes.", ["EVD-3", "EVD-4"], At("05-16 14:14:00"), CrisisType.TerrorOrViolentExtremistAttack, CrisisLevel.Level1, Certainty.Observed);

    public PartnerAlertUpdated Updated { get; init; } = new(
        "crisisops-CR-2027-0007.2", "crisisops-CR-2027-0007.1", ["crisisops-CR-2027-0007.1"], _recipients, null, Tlp.AMBER, AlertScope.Restricted, "17 hashes",
        "Please match these 17 hashes.", ["EVD-5"], null, CrisisType.TerrorOrViolentExtremistAttack, CrisisLevel.Level2, Certainty.Likely);

    public PartnerAlertCancelled Cancelled { get; init; } = new(
        "crisisops-CR-2027-0007.3", "crisisops-CR-2027-0007.1", ["crisisops-CR-2027-0007.1", "crisisops-CR-2027-0007.2"], _recipients, "AllClear", Tlp.AMBER, AlertScope.Restricted,
        "All clear: nothing more is asked of you.");

    /// <summary>The three messages for one partner, each of the crisis as its event left it.</summary>
    public ImmutableArray<CapMessage> To(string recipient)
    {
        var (first, second, third) = (At("05-15 14:14:00").AddMilliseconds(731), At("05-15 15:22:00"), At("05-17 13:40:00"));
        var issued = Folded(Declared, Issued, first);
        var updated = Folded(issued, Updated, second);
        var cancelled = Folded(updated, Cancelled, third);
        return
        [
            CapMessages.Of(Issued, issued, new CapEnvelope(Sender, recipient, first)),
            CapMessages.Of(Updated, updated, new CapEnvelope(Sender, recipient, second), CapReference.Of(updated, Updated.References, Sender)),
            CapMessages.Of(Cancelled, cancelled, new CapEnvelope(Sender, recipient, third), CapReference.Of(cancelled, Cancelled.References, Sender)),
        ];
    }

    /// <summary>The same alert with another scope.</summary>
    public CapStory In(AlertScope scope) => this with { Issued = Issued with { Scope = scope }, Updated = Updated with { Scope = scope }, Cancelled = Cancelled with { Scope = scope } };

    /// <summary>The first message, with these words.</summary>
    public CapMessage Saying(string headline, string text, params string[] indicators) =>
        (this with { Issued = Issued with { Headline = headline, Text = text, Indicators = indicators } }).To(VideoHub)[0];

    public static string Xml(CapMessage message) => Encoding.UTF8.GetString(CapXml.Write(message));

    public static XElement Read(CapMessage message) => CapDocument.Read(CapXml.Write(message)).Alert!;

    public static DateTimeOffset At(string monthDayTime) => DateTimeOffset.Parse($"2027-{monthDayTime}Z", System.Globalization.CultureInfo.InvariantCulture);

    private static Crisis Folded(Crisis crisis, object happened, DateTimeOffset at) =>
        Crisis.Fold(crisis, happened, new Stamp(crisis.Version + 1, at, at, "lo-02", ActorType.Specialist, Role.PartnerManager));
}
