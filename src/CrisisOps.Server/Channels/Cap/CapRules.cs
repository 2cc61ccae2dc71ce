using System.Xml.Linq;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>
/// The rules that stand in the text of CAP 1.2 and not in its schema (domain §6.1). They look at the XML, not at our record: what counts
/// is what is sent, and somebody else's message can be held against them too.
/// </summary>
public static class CapRules
{
    private static readonly XNamespace _cap = CapXml.Namespace;
    private static readonly string[] _times = ["sent", "effective", "onset", "expires"];

    private static readonly Rule[] _rules =
    [
        new("identifier-characters", "CAP 1.2, 3.2.1 identifier", "No spaces, commas, < or &.", alert => alert.Elements(_cap + "identifier").Where(HasBarred)),
        new("sender-characters", "CAP 1.2, 3.2.1 sender", "No spaces, commas, < or &.", alert => alert.Elements(_cap + "sender").Where(HasBarred)),
        new("utc-minus-zero", "CAP 1.2, 3.3.2", "UTC is written -00:00, without fractions and never as Z or +00:00.", OddTimes),
        new("restriction-when-restricted", "CAP 1.2, 3.2.1 restriction", "Scope Restricted needs a restriction.",
            alert => If(alert, Says(alert, "scope", "Restricted") && !Has(alert, "restriction"))),
        new("restriction-only-when-restricted", "CAP 1.2, 3.2.1 restriction", "A restriction goes with scope Restricted alone.",
            alert => Says(alert, "scope", "Restricted") ? [] : alert.Elements(_cap + "restriction")),
        new("addresses-when-private", "CAP 1.2, 3.2.1 addresses", "Scope Private needs addresses.",
            alert => If(alert, Says(alert, "scope", "Private") && !Has(alert, "addresses"))),
        new("addresses-quoted", "CAP 1.2, 3.2.1 addresses", "Quotes come in pairs, around an address that holds a space.",
            alert => alert.Elements(_cap + "addresses").Where(a => a.Value.Count(c => c == '"') % 2 != 0)),
        new("references-required", "CAP 1.2, 3.2.1 references", "Update, Cancel, Ack and Error name the earlier messages.",
            alert => If(alert, Text(alert, "msgType") is "Update" or "Cancel" or "Ack" or "Error" && !Has(alert, "references"))),
        new("references-form", "CAP 1.2, 3.2.1 references", "Each is sender,identifier,sent, with a space between them.",
            alert => alert.Elements(_cap + "references").Where(r => Named(r).Any(parts => parts.Length != 3 || parts.Contains("") || CapTime.From(parts[2]) is null))),
        new("references-earlier", "CAP 1.2, 3.2.1 references", "A message refers to earlier messages, and not to itself.",
            alert => alert.Elements(_cap + "references").Where(r => Named(r).Any(parts => parts.Length == 3 && !IsEarlier(parts, alert)))),
        new("info-required", "CAP 1.2, 3.2.2", "An Alert and an Update have an info.",
            alert => If(alert, Text(alert, "msgType") is "Alert" or "Update" && !alert.Elements(_cap + "info").Any())),
        new("exercise-note", "CAP 1.2, 3.2.1 status", "The note of an Exercise names it.", alert => If(alert, Says(alert, "status", "Exercise") && !Has(alert, "note"))),
        new("altitude-with-ceiling", "CAP 1.2, 3.2.4 ceiling", "A ceiling needs an altitude, and is not below it.", CapShapes.OddCeilings),
        new("polygon-closed", "CAP 1.2, 3.2.4 polygon", "A polygon has four points or more, and ends where it began.", CapShapes.OpenPolygons),
        new("coordinates", "CAP 1.2, 3.3.1", "Latitude is from -90 to 90, longitude from -180 to 180, a radius not negative.", CapShapes.OddCoordinates),
    ];

    /// <summary>Empty for a message that follows them all.</summary>
    /// <param name="alert">As read by <see cref="CapDocument.Read"/>; what the schema refuses may be in it.</param>
    public static IReadOnlyList<CapFinding> Check(XElement alert) =>
        [.. _rules.SelectMany(rule => rule.Broken(alert).Select(where => new CapFinding(rule.Name, rule.Source, CapDocument.PathTo(where), rule.What)))];

    private static IEnumerable<XElement> OddTimes(XElement alert) => alert.DescendantsAndSelf()
        .Where(e => e.Name.Namespace == _cap && _times.Contains(e.Name.LocalName) && IsOdd(e.Value))
        .Concat(alert.Elements(_cap + "references").Where(r => Named(r).Any(parts => parts.Length == 3 && IsOdd(parts[2]))));

    // Another offset than UTC is written with its sign.
    private static bool IsOdd(string time) => CapTime.From(time) is null || time.EndsWith("+00:00", StringComparison.Ordinal);

    private static bool IsEarlier(string[] parts, XElement alert) =>
        (parts[0] != Text(alert, "sender") || parts[1] != Text(alert, "identifier")) && !(CapTime.From(parts[2]) > CapTime.From(Text(alert, "sent")));

    /// <summary>The earlier messages that one names; each has a sender, an identifier and a time if <see cref="Check"/> found nothing in them.</summary>
    public static IEnumerable<string[]> References(XElement alert) => alert.Elements(_cap + "references").SelectMany(Named);

    private static IEnumerable<string[]> Named(XElement references) =>
        references.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(','));

    private static bool HasBarred(XElement element) => element.Value.Length == 0 || element.Value.Any(c => char.IsWhiteSpace(c) || c is ',' or '<' or '&');

    private static string? Text(XElement parent, string name) => parent.Element(_cap + name)?.Value;

    private static bool Has(XElement parent, string name) => !string.IsNullOrWhiteSpace(Text(parent, name));

    private static bool Says(XElement parent, string name, string value) => Text(parent, name) == value;

    private static IEnumerable<XElement> If(XElement alert, bool broken) => broken ? [alert] : [];

    private sealed record Rule(string Name, string Source, string What, Func<XElement, IEnumerable<XElement>> Broken);
}
