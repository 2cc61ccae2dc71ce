using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace CrisisOps.Server.Hosting;

/// <summary>Durations as ISO 8601 has them, for example <c>PT30M</c>. A year and a month have no fixed length, so they are no durations here.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    /// <summary>What a duration has to be, for a person.</summary>
    public const string Wanted = "an ISO 8601 duration of days, hours, minutes and seconds, for example PT30M";

    /// <summary>The duration, or null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var dates = text.IndexOf('T', StringComparison.Ordinal) is >= 0 and var time ? text.AsSpan(0, time) : text;
        if (text.Length is > 1 and < 40 && !dates.ContainsAny('Y', 'M'))
        {
            try
            {
                return XmlConvert.ToTimeSpan(text);
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                // None, like everything else that is none.
            }
        }

        return null;
    }

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : null) ?? throw new JsonException($"must be {Wanted}");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(XmlConvert.ToString(value));
}
