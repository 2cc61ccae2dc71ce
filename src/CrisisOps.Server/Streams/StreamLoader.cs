using System.Text.Json;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>Reads states for the write path: the snapshot if there is one, and the events since.</summary>
public sealed class StreamLoader(NpgsqlDataSource database, EventTypes types, StreamKinds kinds)
{
    private const string Events = """
        select e.stream_id, e.version, e.type, e.data::text, e.timestamp, e.user_name, e.headers::text
          from unnest($1::text[], $2::bigint[]) as w (stream, version)
          join crisis.mt_events e on e.stream_id = w.stream and e.version > w.version
         order by e.stream_id, e.version
        """;

    /// <summary>A stream as it was: folded from its first event to a version and an instant, both included.</summary>
    public async Task<HeldState> LoadThen(StreamKind kind, string key, long version, DateTimeOffset asOf, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select version, type, data::text, timestamp, user_name, headers::text from crisis.mt_events
             where stream_id = $1 and version <= $2 and timestamp <= $3 order by version
            """,
            key, version, asOf == DateTimeOffset.MaxValue ? DateTime.MaxValue.ToUniversalTime() : asOf);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var held = new HeldState(kind.None(key), 0, default);
        while (await reader.ReadAsync(cancellation))
        {
            var recordedAt = reader.GetFieldValue<DateTimeOffset>(3);
            var stamp = EventHeaders.Read(
                await reader.IsDBNullAsync(5, cancellation) ? null : reader.GetString(5), reader.GetInt64(0), recordedAt, await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetString(4));
            held = new HeldState(kind.Fold(held.State, types.Read(reader.GetString(1), reader.GetString(2)), stamp), stamp.Version, recordedAt);
        }

        return held;
    }

    /// <summary>Takes states of the past on to a later instant; a stream that they do not hold is folded from its first event.</summary>
    /// <param name="upTo">The last event taken: of those of the same instant, those up to this one in the order of a timeline, or all.</param>
    public async Task Advance(
        Dictionary<string, HeldState> states, IReadOnlyCollection<string> keys, (DateTimeOffset At, (string Stream, long Version)? Last) upTo, CancellationToken cancellation)
    {
        var from = keys.Select(key => states.GetValueOrDefault(key)?.Version ?? 0).ToArray();
        await using var command = database.Statement(
            """
            select e.stream_id, e.version, e.type, e.data::text, e.timestamp, e.user_name, e.headers::text
              from unnest($1::text[], $2::bigint[]) as w (stream, version)
              join crisis.mt_events e on e.stream_id = w.stream and e.version > w.version
             where e.timestamp < $3 or (e.timestamp = $3 and ($4::text is null or (e.stream_id, e.version) <= ($4, $5)))
             order by e.stream_id, e.version
            """,
            keys.ToArray(), from, upTo.At, upTo.Last?.Stream, upTo.Last?.Version);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var key = reader.GetString(0);
            var before = states.GetValueOrDefault(key) ?? new HeldState(kinds.Of(key).None(key), 0, default);
            states[key] = Folded(before, key, reader);
        }
    }

    /// <summary>The state after the event of a row with the columns of <see cref="Events"/>.</summary>
    private HeldState Folded(HeldState before, string key, NpgsqlDataReader row)
    {
        var recordedAt = row.GetFieldValue<DateTimeOffset>(4);
        var stamp = EventHeaders.Read(row.IsDBNull(6) ? null : row.GetString(6), row.GetInt64(1), recordedAt, row.IsDBNull(5) ? null : row.GetString(5));
        return new HeldState(kinds.Of(key).Fold(before.State, types.Read(row.GetString(2), row.GetString(3)), stamp), stamp.Version, recordedAt);
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
                var key = reader.GetString(0);
                states[key] = Folded(states[key], key, reader);
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
