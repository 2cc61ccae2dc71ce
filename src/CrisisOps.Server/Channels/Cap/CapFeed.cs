using System.Globalization;
using System.Text;
using System.Xml;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>A CAP message as the feed lists it. What it says stands in the message alone.</summary>
/// <param name="Link">Where the message is.</param>
/// <param name="Sent">As the message itself says.</param>
public sealed record CapFeedEntry(string Link, string Title, DateTimeOffset Sent);

/// <summary>An Atom 1.0 feed (RFC 4287) of CAP messages, as readers of alerts poll it.</summary>
public static class CapFeed
{
    public const string MediaType = "application/atom+xml";
    public const string EntryType = "application/cap+xml";

    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <param name="link">Where the feed is; also its id.</param>
    /// <param name="updated">When the newest of it was sent.</param>
    /// <param name="entries">The newest first.</param>
    public static byte[] Write(string link, string title, string author, DateTimeOffset updated, IEnumerable<CapFeedEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Atom);
            Element(xml, "id", link);
            Element(xml, "title", title);
            Element(xml, "updated", Instant(updated));
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", author);
            xml.WriteEndElement();
            Link(xml, "self", link, MediaType);
            foreach (var entry in entries)
            {
                xml.WriteStartElement("entry", Atom);
                Element(xml, "id", entry.Link);
                Element(xml, "title", entry.Title);
                Element(xml, "updated", Instant(entry.Sent));
                Link(xml, "alternate", entry.Link, EntryType);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, text);

    private static void Link(XmlWriter xml, string rel, string href, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
