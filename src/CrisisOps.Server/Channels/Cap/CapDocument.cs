using System.Xml;
using System.Xml.Linq;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>
/// Reads CAP without trusting it: no DTD, so no entities; nothing is fetched; size, depth and the texts that the schema's patterns walk
/// through are bounded.
/// </summary>
public static class CapDocument
{
    /// <summary>In bytes. A message of ours has about 3,000.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>CAP is five deep, an XML signature about eight more.</summary>
    private const int MaxDepth = 24;

    /// <summary>Of a number or a circle, in characters: their patterns take the square of the length.</summary>
    private const int MaxNumber = 100;

    private const string Source = "XML 1.0";

    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The alert, or why it was not read.</summary>
    public static (XElement? Alert, CapFinding? Refused) Read(ReadOnlyMemory<byte> xml)
    {
        if (xml.Length > MaxBytes)
        {
            return (null, new CapFinding("size", Source, "", $"It has more than {MaxBytes} bytes."));
        }

        try
        {
            return Bounds(xml) is { } refused ? (null, refused) : Root(XDocument.Load(Reader(xml)).Root!);
        }
        catch (XmlException broken)
        {
            // Its message quotes what it read.
            return (null, new CapFinding("well-formed", Source, "", $"It is not XML without a DTD{(broken.LineNumber > 0 ? $"; see line {broken.LineNumber}, column {broken.LinePosition}" : "")}."));
        }
    }

    /// <summary>Everything that is wrong with a message of ours: nothing is sent before this list is empty.</summary>
    public static IReadOnlyList<CapFinding> Check(ReadOnlyMemory<byte> xml) => Read(xml) switch
    {
        ({ } alert, _) => [.. CapSchema.Check(alert), .. CapRules.Check(alert), .. CapDisclosure.Check(alert)],
        (_, { } refused) => [refused],
        _ => [],
    };

    /// <summary>The names of the elements down to this one.</summary>
    internal static string PathTo(XElement element) => string.Join('/', element.AncestorsAndSelf().Reverse().Select(e => e.Name.LocalName));

    private static (XElement?, CapFinding?) Root(XElement root) => root.Name == XName.Get("alert", CapXml.Namespace)
        ? (root, null)
        : (null, new CapFinding("alert", "CAP 1.2, 3.2.1", "", "It is no alert of the namespace of CAP 1.2."));

    // Before a tree is built of it: whoever walks a deep tree runs out of stack.
    private static CapFinding? Bounds(ReadOnlyMemory<byte> xml)
    {
        using var reader = Reader(xml);
        var (element, length) = ("", 0);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                return new CapFinding("depth", Source, "", $"Its elements are more than {MaxDepth} deep.");
            }

            (element, length) = reader.NodeType switch
            {
                XmlNodeType.Element => (reader.LocalName, 0),
                XmlNodeType.EndElement => ("", 0),
                _ => (element, length + reader.Value.Length),
            };
            if (length > MaxNumber && element is "altitude" or "ceiling" or "circle")
            {
                return new CapFinding("number-length", Source, element, $"It has more than {MaxNumber} characters.");
            }
        }

        return null;
    }

    private static XmlReader Reader(ReadOnlyMemory<byte> xml) => XmlReader.Create(new MemoryStream(xml.ToArray(), writable: false), _settings);
}
