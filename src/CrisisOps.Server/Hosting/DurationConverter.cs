using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace CrisisOps.Server.Hosting;

/// <summary>Durations as ISO 8601 has them, for example <c>PT30M</c>. A year and a month have no fixed length, so they are no durations here.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        var dates = text.IndexOf('T', StringComparison.Ordinal) is >= 0 and var time ? text.AsSpan(0, time) : text;
        if (text.Length is > 1 and < 40 && !dates.ContainsAny('Y', 'M'))
        {
            try
            {
                return XmlConvert.ToTimeSpan(text);
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                // Falls to the one message for all of them.
            }
        }

        throw new JsonException("must be an ISO 8601 duration of days, hours, minutes and seconds, for example PT30M");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(XmlConvert.ToString(value));
}
