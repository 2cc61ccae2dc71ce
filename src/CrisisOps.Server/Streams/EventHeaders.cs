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

    public static Stamp Read(byte[]? json, long version, DateTimeOffset recordedAt, string? actor)
    {
        // An event that somebody wrote by hand may have no headers; it is still an event.
        var headers = json is null ? null : JsonSerializer.Deserialize<EventHeaders>(json, Json.Stored);
        return new Stamp(version, headers?.OccurredAt ?? recordedAt, recordedAt, actor ?? "unknown", headers?.ActorType ?? ActorType.System, headers?.Role ?? Role.System);
    }
}
