using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrisisOps.Server.Hosting;
using Marten;
using Marten.Events;

namespace CrisisOps.Server.Streams;

/// <summary>Event types as Marten names and stores them; found in the domain by what they implement.</summary>
public sealed class EventTypes
{
    private readonly FrozenDictionary<Type, EventName> _names;
    private readonly FrozenDictionary<string, JsonTypeInfo> _types;

    public EventTypes(IDocumentStore store, IEnumerable<StreamKind> kinds)
    {
        var graph = (EventGraph)((DocumentStore)store).Options.Events;
        _names = Discover(kinds).ToFrozenDictionary(type => type, type =>
        {
            var mapping = graph.EventMappingFor(type);
            return new EventName(mapping.EventTypeName, mapping.DotNetTypeName);
        });
        _types = _names.ToFrozenDictionary(pair => pair.Value.Stored, pair => Json.Stored.GetTypeInfo(pair.Key));
    }

    /// <summary>All event types of these kinds of stream.</summary>
    public static IEnumerable<Type> Discover(IEnumerable<StreamKind> kinds) =>
        kinds.SelectMany(kind => kind.StateType.Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(kind.EventType)));

    public EventName NameOf(object @event) => _names[@event.GetType()];

    public object Read(string stored, ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, _types[stored])!;

    public static string Write(object @event) => JsonSerializer.Serialize(@event, @event.GetType(), Json.Stored);
}

/// <param name="Stored">As in <c>mt_events.type</c>.</param>
public sealed record EventName(string Stored, string DotNet);
