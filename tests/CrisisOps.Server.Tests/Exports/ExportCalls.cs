using System.Xml;
using System.Xml.Linq;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Exports;

/// <summary>Exports as tests ask for them.</summary>
internal static class ExportCalls
{
    public static Task<Answer> Export(this Api api, string key, string format, string more = "") => api.Get($"/v1/crises/{key}/export?format={format}{more}");

    /// <summary>The page as a parser that forgives nothing reads it.</summary>
    public static XElement Html(this Answer answer)
    {
        answer.ShouldBe(200).MediaType.ShouldBe("text/html");
        using var reader = XmlReader.Create(new StringReader(answer.Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }

    public static IEnumerable<XElement> All(this XElement page, string name) => page.Descendants().Where(e => e.Name.LocalName == name);

    /// <summary>The rows of the table under a heading, cell by cell.</summary>
    public static string[][] Table(this XElement page, string heading)
    {
        var title = page.All("h2").Single(h => h.Value == heading);
        var table = title.ElementsAfterSelf().First(e => e.Name.LocalName is "table" or "h2");
        return [.. table.All("tbody").SelectMany(body => body.Elements()).Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
    }
}
