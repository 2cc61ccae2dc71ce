using System.Text.Json;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// Reads the members of our own format, which the data of a CloudEvent has too. Straight from the bytes: ten thousand alerts come in one
/// request. Members that are not known are passed over.
/// </summary>
internal static class AlertMembers
{
    private const string NotWhole = "It is no JSON object, or not a whole one.";

    /// <summary>Null when it was read.</summary>
    public static FormatFault? Read(ReadOnlySpan<byte> json, AlertDraft draft)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return new FormatFault("", NotWhole, 400);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = JsonTexts.Of(ref reader);
                reader.Read();
                Take(name, ref reader, draft);
            }

            // Whatever stands behind the object is found here.
            reader.Read();
            return null;
        }
        catch (JsonException)
        {
            return new FormatFault("", NotWhole, 400);
        }
    }

    private static void Take(string name, ref Utf8JsonReader reader, AlertDraft draft)
    {
        switch (name)
        {
            case "externalRef": draft.ExternalRef = Text(name, ref reader, draft); break;
            case "title": draft.Title = Text(name, ref reader, draft); break;
            case "action": draft.Action = Text(name, ref reader, draft); break;
            case "dedupKey": draft.DedupKey = Text(name, ref reader, draft); break;
            case "text": draft.Text = Text(name, ref reader, draft); break;
            case "severity": draft.Severity = Text(name, ref reader, draft); break;
            case "policyArea": draft.PolicyArea = Text(name, ref reader, draft); break;
            case "surface": draft.Surface = Text(name, ref reader, draft); break;
            case "product": draft.Product = Text(name, ref reader, draft); break;
            case "threatToLife": draft.ThreatToLife = Text(name, ref reader, draft); break;
            case "liveContent": draft.LiveContent = Text(name, ref reader, draft); break;
            case "exercise": draft.Exercise = Text(name, ref reader, draft); break;
            case "tlp": draft.Tlp = Text(name, ref reader, draft); break;
            case "occurredAt": draft.OccurredAt = Text(name, ref reader, draft); break;
            case "contactRef": draft.ContactRef = Text(name, ref reader, draft); break;
            case "regions": Texts(name, ref reader, draft, draft.Regions.Add); break;
            case "languages": Texts(name, ref reader, draft, draft.Languages.Add); break;
            case "evidence": Texts(name, ref reader, draft, draft.Evidence.Add); break;
            case "content": Each(ref reader, draft, Content); break;
            default: reader.Skip(); break;
        }
    }

    private static string? Text(string name, ref Utf8JsonReader reader, AlertDraft draft)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return JsonTexts.Of(ref reader);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                draft.Mark($"{name}: it is no text, and was left out.");
                reader.Skip();
                return null;
            default:
                return null;
        }
    }

    private static void Texts(string name, ref Utf8JsonReader reader, AlertDraft draft, Action<string> add) => Each(ref reader, draft, (ref Utf8JsonReader item, AlertDraft to) =>
    {
        if (Text(name, ref item, to) is { } text)
        {
            add(text);
        }
    });

    private static void Content(ref Utf8JsonReader reader, AlertDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (Text("content", ref reader, draft) is { } id)
            {
                draft.Content.Add(AlertDraft.Item(id));
            }

            return;
        }

        var content = AlertDraft.Item("");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonTexts.Of(ref reader);
            reader.Read();
            switch (name)
            {
                case "itemId": content = content with { ItemId = Text("content.itemId", ref reader, draft) ?? "" }; break;
                case "itemType": content = content with { ItemType = Text("content.itemType", ref reader, draft) ?? content.ItemType }; break;
                case "url": content = content with { Url = Text("content.url", ref reader, draft) }; break;
                default: reader.Skip(); break;
            }
        }

        draft.Content.Add(content);
    }

    private delegate void ItemReader(ref Utf8JsonReader reader, AlertDraft draft);

    /// <summary>The items of a list, or the one that stands in its place.</summary>
    private static void Each(ref Utf8JsonReader reader, AlertDraft draft, ItemReader item)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            item(ref reader, draft);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            item(ref reader, draft);
        }
    }
}
