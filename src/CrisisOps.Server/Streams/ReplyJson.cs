using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrisisOps.Server.Streams;

/// <summary>The answer to a command: key, version, state, and each event with the ids it made.</summary>
public static class ReplyJson
{
    private static readonly ConcurrentDictionary<Type, (JsonEncodedText Name, PropertyInfo Property)[]> _ids = new();

    public static string Write(string key, long version, string state, IReadOnlyList<PendingEvent> events)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteNumber("version"u8, version);
        json.WriteString("state"u8, state);
        json.WriteStartArray("events"u8);
        foreach (var @event in events)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, @event.Data.GetType().Name);
            json.WriteNumber("version"u8, @event.Stamp.Version);
            json.WriteString("entryId"u8, $"{key}@{@event.Stamp.Version}");
            foreach (var (name, property) in _ids.GetOrAdd(@event.Data.GetType(), IdsOf))
            {
                if (property.GetValue(@event.Data) is string id)
                {
                    json.WriteString(name, id);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The answer for a caller who reads no more than a receipt of the case.</summary>
    public static string WithoutState(string answer)
    {
        var json = JsonNode.Parse(answer)!.AsObject();
        json.Remove("state");
        return json.ToJsonString();
    }

    private static (JsonEncodedText, PropertyInfo)[] IdsOf(Type type) =>
    [
        .. type.GetProperties()
            .Where(p => p.PropertyType == typeof(string) && (p.Name.EndsWith("Id", StringComparison.Ordinal) || p.Name.EndsWith("Key", StringComparison.Ordinal)))
            .Select(p => (JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(p.Name)), p)),
    ];
}
