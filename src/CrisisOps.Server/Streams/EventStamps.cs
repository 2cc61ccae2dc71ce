using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using JasperFx.Events;

namespace CrisisOps.Server.Streams;

/// <summary>The envelope of an event that Marten has read.</summary>
public static class EventStamps
{
    public static Stamp Of(IEvent @event) => new(
        @event.Version,
        Header<DateTimeOffset?>(@event, "occurredAt") ?? @event.Timestamp,
        @event.Timestamp,
        @event.UserName ?? "unknown",
        Header<ActorType?>(@event, "actorType") ?? ActorType.System,
        Header<Role?>(@event, "role") ?? Role.System);

    private static T? Header<T>(IEvent @event, string name) => @event.GetHeader(name) switch
    {
        null => default,
        JsonElement element => element.Deserialize<T>(Json.Stored),
        var value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value), Json.Stored),
    };
}
