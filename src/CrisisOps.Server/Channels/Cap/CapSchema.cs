using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>
/// The extended schema of CAP 1.2: order, required elements, enumerations, and patterns of identifier, sender, references and times. It is
/// the file <c>schema/cap12_extended.xsd</c> of google/cap-library, unchanged: schema © OASIS Open 2010, library Apache-2.0 (the licence
/// lies beside it). What it does not catch is <see cref="CapRules"/>.
/// </summary>
public static class CapSchema
{
    /// <summary>The name of its findings: what is wrong stands in the schema.</summary>
    public const string Rule = "xsd";

    private const string Source = "CAP 1.2, cap12_extended.xsd";

    /// <summary>Compiled once; read by many threads.</summary>
    private static readonly XmlSchemaSet _schemas = Compiled();

    public static IReadOnlyList<CapFinding> Check(ReadOnlyMemory<byte> xml) => CapDocument.Read(xml) switch
    {
        ({ } alert, _) => Check(alert),
        (_, { } refused) => [refused],
        _ => [],
    };

    /// <param name="alert">As read by <see cref="CapDocument.Read"/>, which bounds it.</param>
    public static IReadOnlyList<CapFinding> Check(XElement alert)
    {
        var findings = new List<CapFinding>();
        // A copy, because validation fills in default values.
        new XDocument(alert).Validate(_schemas, (sender, _) => findings.Add(new CapFinding(Rule, Source, Place(sender), "The schema does not allow this element, its content or what follows it.")));
        return findings;
    }

    private static string Place(object? sender) => sender switch
    {
        XElement element => CapDocument.PathTo(element),
        XAttribute { Parent: { } parent } => CapDocument.PathTo(parent),
        _ => "alert",
    };

    private static XmlSchemaSet Compiled()
    {
        using var file = typeof(CapSchema).Assembly.GetManifestResourceStream("CrisisOps.Server.Channels.Cap.cap12_extended.xsd")
            ?? throw new InvalidOperationException("The schema of CAP is not in the assembly.");
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var schemas = new XmlSchemaSet { XmlResolver = null };
        schemas.Add(CapXml.Namespace, reader);
        schemas.Compile();
        return schemas;
    }
}
