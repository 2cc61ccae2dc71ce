using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// Texts of JSON that others wrote. The framework throws at half a character, which a system leaves behind that cuts a text in the middle of
/// one; here it stays in the text, and <see cref="AlertDraft"/> mends it.
/// </summary>
internal static class JsonTexts
{
    /// <summary>The string or the name that the reader stands at.</summary>
    public static string Of(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescaped(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);

    /// <summary>A string, a number or a truth value as a text; null for anything else.</summary>
    public static string? Of(JsonElement element)
    {
        if (element.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
        {
            return null;
        }

        var json = JsonMarshal.GetRawUtf8Value(element);
        var text = element.ValueKind == JsonValueKind.String ? json[1..^1] : json;
        return text.Contains((byte)'\\') ? Unescaped(text) : Encoding.UTF8.GetString(text);
    }

    /// <summary>The text of a member; null when there is none.</summary>
    public static string? Text(this JsonElement element, string member) => element.Member(member) is { } found ? Of(found) : null;

    /// <summary>A member that is there and not null.</summary>
    public static JsonElement? Member(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    /// <summary>The items of a member that is a list; none when it is not.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string member) =>
        element.Member(member) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Null for what is no JSON, or has a name in it that is no text: who looks for a member would trip over it.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return JsonDocument.Parse(json);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Unescaped(ReadOnlySpan<byte> json)
    {
        var escaped = Encoding.UTF8.GetString(json);
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            i++;
            if (escaped[i] == 'u')
            {
                text.Append((char)ushort.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(escaped[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var itself => itself });
        }

        return text.ToString();
    }
}
