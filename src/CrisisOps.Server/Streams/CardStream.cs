using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>A kind of stream of which there are few: lists, search and sight read a card of it, and it is served by routes that all such kinds share.</summary>
public abstract class CardStream : StreamKind
{
    private static readonly ConcurrentDictionary<Type, OrderedDictionary<string, JsonPropertyInfo?>> _members = new();

    public sealed override SightRows SightRows => SightRows.Cards;

    /// <summary>Members that consulted functions and near specialists read; everything else is for Core.</summary>
    public abstract IReadOnlyList<string> CrossFunctional { get; }

    /// <summary>Members that executives read.</summary>
    public abstract IReadOnlyList<string> Executive { get; }

    /// <summary>Members that a list shows, of those its reader may read.</summary>
    public abstract IReadOnlyList<string> Card { get; }

    /// <summary>The states by which a list can be filtered.</summary>
    public abstract IReadOnlyList<string> States { get; }

    public abstract bool Open(object state);

    public abstract bool Exercise(object state);

    public abstract DateTimeOffset OpenedAt(object state);

    /// <summary>What a list can be searched for.</summary>
    public abstract string Words(object state);

    /// <summary>Names that only Core may read.</summary>
    public virtual IReadOnlyCollection<string> Masked(object state) => [];

    /// <summary>What no other open stream may hold meanwhile, by kind and id.</summary>
    public virtual IEnumerable<(string Kind, string Id)> Claims(object state) => [];

    /// <summary>Whether a stream that opens with this event is refused when somebody else holds one of its claims.</summary>
    public virtual bool ClaimsAlone(object opening) => true;

    /// <summary>Whether who is told what depends on these streams: then each write of one turns <see cref="Book"/>.</summary>
    public virtual bool InBook => false;

    public sealed override void Project(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch)
    {
        CardRows.Add(batch, this, changes);
        ProjectMore(changes, batch);
        if (InBook)
        {
            batch.Append(Book.Turn);
        }
    }

    /// <summary>What else follows from the events of these streams in their transaction.</summary>
    protected virtual void ProjectMore(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch)
    {
    }

    /// <summary>The state as an audience may read it: made by naming what is shown, so that a new member is hidden until somebody decides.</summary>
    /// <param name="now">The state of now, if this one is of the past: what is masked is judged as of now.</param>
    public JsonObject View(object state, Audience audience, IReadOnlyList<string>? only = null, object? now = null)
    {
        var shown = Shown(state, now ?? state);
        var members = audience switch
        {
            Audience.Core => Members.Keys.Where(name => name != "stage"),
            Audience.CrossFunctional => CrossFunctional,
            _ => (IEnumerable<string>)Executive,
        };
        var view = new JsonObject();
        // Member by member: of a crisis with thousands of updates a list shows a dozen words, and every command writes them.
        foreach (var member in only is null ? members : members.Where(only.Contains))
        {
            if ((member == "state" ? JsonValue.Create(StateName(state)) : Member(shown, member)) is { } value)
            {
                view[member] = audience == Audience.Core ? value : Hidden(value, Masked(now ?? state));
            }
        }

        return view;
    }

    public sealed override JsonObject ViewThen(object then, Audience audience, object now) => View(then, audience, now: now);

    /// <summary>The members of the state by their names in JSON, in their order, and <c>state</c>, its name.</summary>
    private OrderedDictionary<string, JsonPropertyInfo?> Members => _members.GetOrAdd(StateType, static type => new OrderedDictionary<string, JsonPropertyInfo?>(
        Json.Stored.GetTypeInfo(type).Properties.Where(p => p.Get is not null).Select(p => KeyValuePair.Create(p.Name, (JsonPropertyInfo?)p)).Append(KeyValuePair.Create("state", (JsonPropertyInfo?)null)),
        StringComparer.Ordinal));

    private JsonNode? Member(object state, string name) =>
        Members.GetValueOrDefault(name) is { } member && member.Get!(state) is { } value ? JsonSerializer.SerializeToNode(value, member.PropertyType, Json.Stored) : null;

    /// <summary>The state without what is more secret than the stream: that is read on the timeline, where each entry is judged by itself.</summary>
    protected virtual object Shown(object state, object now) => state;

    private static JsonNode? Hidden(JsonNode? node, IReadOnlyCollection<string> terms) => node switch
    {
        _ when terms.Count == 0 => node?.DeepClone(),
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Hidden(m.Value, terms)))),
        JsonArray items => new JsonArray([.. items.Select(item => Hidden(item, terms))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Domain.Crises.Masking.Hide(text, terms)),
        _ => node?.DeepClone(),
    };
}

/// <inheritdoc/>
public abstract class CardStream<TState> : CardStream
    where TState : class
{
    public sealed override Type StateType => typeof(TState);

    public sealed override Type EventType => typeof(IStreamEvent<TState>);

    public sealed override Entry? Tell(object @event, object before, object after, Stamp stamp) =>
        ((IStreamEvent<TState>)@event).Tell((TState)before, (TState)after, stamp);
}
