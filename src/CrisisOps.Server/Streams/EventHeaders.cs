using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Streams;

/// <summary>The part of an event's envelope that Marten keeps in its headers; actor, correlation and times of recording have columns.</summary>
public sealed record EventHeaders(ActorType ActorType, Role Role, DateTimeOffset OccurredAt, string Tlp, string? Partner = null, string? Shift = null, int SchemaVersion = 1)
{
    public static string Write(PendingEvent @event) => JsonSerializer.Serialize(
        new EventHeaders(@event.Stamp.ActorType, @event.Stamp.Role, @event.Stamp.OccurredAt, TlpNames.Of(@event.Tlp), @event.Caller.Partner),
        Json.Stored);

    /// <summary>The secrecy with which the event was recorded; null for one that somebody wrote by hand.</summary>
    public static Tlp? TlpOf(string? json) => json is null ? null : TlpNames.Parse(JsonSerializer.Deserialize<EventHeaders>(json, Json.Stored)!.Tlp);

    /// <summary>The envelope of a stored event. Read by hand: whoever folds a long stream reads a hundred thousand of these, and three members of each.</summary>
    /// <param name="json">An event that somebody wrote by hand may have no headers; it is still an event.</param>
    public static Stamp Read(ReadOnlySpan<byte> json, long version, DateTimeOffset recordedAt, string? actor)
    {
        var (occurredAt, actorType, role) = (recordedAt, ActorType.System, Role.System);
        if (!json.IsEmpty)
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("occurredAt"u8))
                {
                    reader.Read();
                    occurredAt = reader.GetDateTimeOffset().ToUniversalTime();
                }
                else if (reader.ValueTextEquals("actorType"u8))
                {
                    actorType = Named<ActorType>(ref reader);
                }
                else if (reader.ValueTextEquals("role"u8))
                {
                    role = Named<Role>(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new Stamp(version, occurredAt, recordedAt, actor ?? "unknown", actorType, role);
    }

    private static T Named<T>(ref Utf8JsonReader reader)
        where T : struct, Enum
    {
        reader.Read();
        foreach (var (name, value) in Names<T>.All)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(name))
            {
                return value;
            }
        }

        throw new JsonException($"must be a member of {typeof(T).Name}");
    }

    /// <summary>The members of an enumeration as they are stored.</summary>
    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly (byte[] Name, T Value)[] All = Array.ConvertAll(Enum.GetValues<T>(), value => (JsonSerializer.SerializeToUtf8Bytes(value, Json.Stored)[1..^1], value));
    }
}
