using System.Text.Json;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>Reads states for the write path: the snapshot if there is one, and the events since.</summary>
public sealed class StreamLoader(NpgsqlDataSource database, EventTypes types, StreamKinds kinds)
{
    private const string Events = $"""
        select {EventRow.Columns}
          from unnest($1::text[], $2::bigint[]) as w (stream, version)
          join crisis.mt_events e on e.stream_id = w.stream and e.version > w.version
         order by e.stream_id, e.version
        """;

    /// <summary>Takes states of the past on to a later instant; a stream that they do not hold is folded from its first event.</summary>
    /// <param name="upTo">The last event taken, of those of the same instant in the order of a timeline.</param>
    public async Task Advance(Dictionary<string, HeldState> states, IReadOnlyCollection<string> keys, TimelinePlace upTo, CancellationToken cancellation)
    {
        var from = keys.Select(key => states.GetValueOrDefault(key)?.Version ?? 0).ToArray();
        await using var command = database.Statement(
            $"""
            select {EventRow.Columns}
              from unnest($1::text[], $2::bigint[]) as w (stream, version)
              join crisis.mt_events e on e.stream_id = w.stream and e.version > w.version
             where (e.timestamp, e.stream_id, e.version) <= ($3, $4, $5)
             order by e.stream_id, e.version
            """,
            keys.ToArray(), from, upTo.RecordedAt, upTo.Stream, upTo.Version);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = EventRow.Read(reader, types);
            var kind = kinds.Of(row.Stream);
            var before = states.GetValueOrDefault(row.Stream)?.State ?? kind.None(row.Stream);
            states[row.Stream] = new HeldState(kind.Fold(before, row.Data, row.Stamp), row.Stamp.Version, row.Stamp.RecordedAt);
        }
    }

    /// <summary>Loads each stream on a connection of its own; a stream that does not exist comes as its empty state at version 0.</summary>
    public async Task<Dictionary<string, HeldState>> Load(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await Load(connection, null, keys, cancellation);
    }

    /// <summary>Loads within somebody's transaction, for example under a lock on the streams.</summary>
    public async Task<Dictionary<string, HeldState>> Load(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var states = keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, key => new HeldState(kinds.Of(key).None(key), 0, default), StringComparer.Ordinal);
        await using var snapshots = new NpgsqlCommand("select stream, version, recorded_at, body from crisis.snapshots where stream = any ($1)", connection, transaction);
        snapshots.Parameters.Add(new() { Value = states.Keys.ToArray() });
        await using (var reader = await snapshots.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var key = reader.GetString(0);
                var state = JsonSerializer.Deserialize(reader.GetString(3), kinds.Of(key).StateType, Json.Stored)!;
                states[key] = new HeldState(state, reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2));
            }
        }

        await using var events = new NpgsqlCommand(Events, connection, transaction);
        events.Parameters.Add(new() { Value = states.Keys.ToArray() });
        events.Parameters.Add(new() { Value = states.Values.Select(s => s.Version).ToArray() });
        await using (var reader = await events.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var row = EventRow.Read(reader, types);
                states[row.Stream] = new HeldState(kinds.Of(row.Stream).Fold(states[row.Stream].State, row.Data, row.Stamp), row.Stamp.Version, row.Stamp.RecordedAt);
            }
        }

        return states;
    }
}

/// <summary>The kinds of stream, by the first part of their keys.</summary>
public sealed class StreamKinds(IEnumerable<StreamKind> kinds)
{
    private const int LongestKey = 40;

    private readonly Dictionary<string, StreamKind> _byPrefix = kinds.ToDictionary(kind => kind.Prefix, StringComparer.Ordinal);
    private readonly Dictionary<Type, StreamKind> _byState = kinds.ToDictionary(kind => kind.StateType);

    /// <summary>The kinds of stream this server has: every class that describes one.</summary>
    public static IEnumerable<StreamKind> Discover() =>
        typeof(StreamKinds).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(StreamKind))).Select(t => (StreamKind)Activator.CreateInstance(t)!);

    public StreamKind Of(string key) => _byPrefix[key[..key.IndexOf('-', StringComparison.Ordinal)]];

    /// <summary>The kind of a key that a caller sent; null when it can not be a key of ours. Everything that takes a key asks here first.</summary>
    public StreamKind? Find(string key) =>
        key.Length <= LongestKey && key.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-') && key.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
            ? _byPrefix.GetValueOrDefault(key[..dash])
            : null;

    public StreamKind Of<TState>() => _byState[typeof(TState)];
}
