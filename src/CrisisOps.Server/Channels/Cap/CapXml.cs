using System.Text;
using System.Xml;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>Writes a message: the same message is always the same bytes, so their hash can be recorded and a signature repeated (domain §6.1).</summary>
public static class CapXml
{
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>The media type that CAP feeds use.</summary>
    public const string ContentType = "application/cap+xml";

    private static readonly XmlWriterSettings _settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        CloseOutput = false,
    };

    /// <summary>UTF-8 without a byte order mark; elements that have no value are left out.</summary>
    public static byte[] Write(CapMessage message)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, _settings))
        {
            xml.WriteStartElement("alert", Namespace);
            Text(xml, "identifier", message.Identifier);
            Text(xml, "sender", message.Sender);
            Text(xml, "sent", CapTime.Of(message.Sent));
            Text(xml, "status", message.Status.ToString());
            Text(xml, "msgType", message.MsgType.ToString());
            Text(xml, "scope", message.Scope.ToString());
            Text(xml, "restriction", message.Restriction);
            Text(xml, "addresses", message.Addresses);
            Texts(xml, "code", message.Code);
            Text(xml, "note", message.Note);
            Text(xml, "references", message.References.IsEmpty ? null : string.Join(' ', message.References));
            Text(xml, "incidents", message.Incidents);
            Info(xml, message.Info);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Info(XmlWriter xml, CapInfo info)
    {
        xml.WriteStartElement("info", Namespace);
        Text(xml, "language", info.Language);
        Texts(xml, "category", info.Category.Select(c => c.ToString()));
        Text(xml, "event", info.Event);
        Texts(xml, "responseType", info.ResponseType.Select(r => r.ToString()));
        Text(xml, "urgency", info.Urgency.ToString());
        Text(xml, "severity", info.Severity.ToString());
        Text(xml, "certainty", info.Certainty.ToString());
        Text(xml, "expires", info.Expires is { } expires ? CapTime.Of(expires) : null);
        Text(xml, "senderName", info.SenderName);
        Text(xml, "headline", info.Headline);
        Text(xml, "description", info.Description);
        Text(xml, "instruction", info.Instruction);
        Pairs(xml, "parameter", info.Parameters);
        if (info.Area is { } area)
        {
            xml.WriteStartElement("area", Namespace);
            Text(xml, "areaDesc", area.AreaDesc);
            Pairs(xml, "geocode", area.Geocode);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Pairs(XmlWriter xml, string name, IEnumerable<CapParameter> pairs)
    {
        foreach (var (valueName, value) in pairs)
        {
            xml.WriteStartElement(name, Namespace);
            Text(xml, "valueName", valueName);
            Text(xml, "value", value);
            xml.WriteEndElement();
        }
    }

    private static void Texts(XmlWriter xml, string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Text(xml, name, value);
        }
    }

    // Once more here: a message can be made by other code, and the writer would throw.
    private static void Text(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteElementString(name, Namespace, CapText.Plain(value));
        }
    }
}
