using System.Xml.Linq;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>What a message of ours may tell a partner at most (domain §4). CAP itself allows more, so these are not <see cref="CapRules"/>.</summary>
public static class CapDisclosure
{
    private static readonly XNamespace _cap = CapXml.Namespace;

    // Partners read up to TLP:AMBER.
    private static readonly string[] _codes = [.. new[] { Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER }.Select(tlp => $"tlp:{TlpNames.Of(tlp).ToLowerInvariant()}")];

    /// <summary>Empty for a message that may go.</summary>
    public static IReadOnlyList<CapFinding> Check(XElement alert) =>
    [
        .. Links(alert).Select(e => new CapFinding(
            "no-links", "domain §4, do-not-leak rules", CapDocument.PathTo(e), "No links: they may lead to the content itself.")),
        .. alert.Elements(_cap + "addresses").Where(a => CountOf(a.Value) > 1).Select(a => new CapFinding(
            "one-address", "domain §4, no cross-partner visibility", CapDocument.PathTo(a), "A message is for one partner and names no other.")),
        .. IsMarked(alert)
            ? Array.Empty<CapFinding>()
            : [new CapFinding("tlp-code", "domain §4, audiences; §6.1, mapping", "alert/code", "One code says the TLP, at most tlp:amber.")],
    ];

    private static IEnumerable<XElement> Links(XElement alert) => alert.Descendants().Where(e => !e.HasElements && CapText.HasLink(e.Value))
        .Concat(alert.Descendants().Where(e => e.Name == _cap + "web" || e.Name == _cap + "uri" || e.Name == _cap + "derefUri"));

    private static bool IsMarked(XElement alert) =>
        alert.Elements(_cap + "code").Select(c => c.Value).Where(c => c.StartsWith("tlp:", StringComparison.OrdinalIgnoreCase)).ToArray() is [var only] && _codes.Contains(only);

    /// <summary>Addresses have a space between them; a quoted one may hold spaces.</summary>
    private static int CountOf(string addresses)
    {
        var parts = addresses.Split('"');
        return parts.Where((_, i) => i % 2 == 1).Count()
            + parts.Where((_, i) => i % 2 == 0).Sum(outside => outside.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
