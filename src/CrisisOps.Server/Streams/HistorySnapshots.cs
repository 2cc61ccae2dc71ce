using System.Text.Json;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>
/// States on the way of long streams, kept by whoever had to fold many events to get there: the next one who asks for that time starts from
/// the state instead of the first event. A cache: bounded, of this build only, and nothing is lost without it.
/// </summary>
public sealed class HistorySnapshots(NpgsqlDataSource database, StreamKinds kinds, TimeProvider clock)
{
    /// <summary>Snapshots stand at multiples of this version; whoever folds no more events than this keeps none.</summary>
    public const int Every = 500;

    /// <summary>Most snapshots of all streams together; the one kept longest goes first.</summary>
    private const int Most = 1000;

    /// <summary>Characters of a state: one that is larger costs more to read than it saves.</summary>
    private const int Largest = 4_000_000;

    /// <summary>A state is what the code of its build makes of the events: another build neither reads it as it was meant nor would it have folded the same.</summary>
    private static readonly string _shape = string.Concat(
        new[] { typeof(Domain.Shared.Stamp), typeof(HistorySnapshots) }.Select(type => type.Assembly.ManifestModule.ModuleVersionId.ToString("N")));

    /// <summary>Where to start folding each of these streams: its newest snapshot that is no later than what is asked for, or nothing.</summary>
    public async Task<IReadOnlyList<HistoryStart>> Before(IReadOnlyCollection<string> keys, Past past, CancellationToken cancellation)
    {
        var starts = keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, key => new HistoryStart(key, new HeldState(kinds.Of(key).None(key), 0, default), 0), StringComparer.Ordinal);
        // What was recorded by an instant had occurred by it, so on either clock every event up to such a snapshot counts.
        await using var command = database.Statement(
            """
            select w.stream, coalesce(f.times, 0), h.version, h.recorded_at, h.body from unnest($1::text[]) as w (stream)
              left join crisis.history_forgotten f on f.stream = w.stream
              left join lateral (
                select s.version, s.recorded_at, s.body from crisis.history_snapshots s
                 where s.stream = w.stream and s.shape = $2 and s.version <= $3 and s.recorded_at <= $4 order by s.version desc limit 1) h on true
             where f.stream is not null or h.version is not null
            """,
            starts.Keys.ToArray(), _shape, past.Version ?? long.MaxValue, past.Until);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var start = starts[reader.GetString(0)] with { Forgotten = reader.GetInt64(1) };
            starts[start.Key] = reader.IsDBNull(2)
                ? start
                : start with
                {
                    Held = new HeldState(
                        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(4), kinds.Of(start.Key).StateType, Json.Stored)!, reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)),
                };
        }

        return [.. starts.Values];
    }

    /// <summary>Keeps states for the next reader, unless the stream was forgotten since the events were read.</summary>
    public async Task Keep(HistoryStart start, IReadOnlyList<HeldState> states, CancellationToken cancellation)
    {
        (HeldState State, string Body)[] kept =
            [.. states.Select(s => (s, JsonSerializer.Serialize(s.State, s.State.GetType(), Json.Stored))).Where(s => s.Item2.Length <= Largest)];
        if (kept.Length == 0)
        {
            return;
        }

        await using var command = database.Statement(
            """
            with gone as (
                delete from crisis.history_snapshots where (stream, version, shape) in (
                    select stream, version, shape from crisis.history_snapshots order by kept_at desc offset $7))
            insert into crisis.history_snapshots (stream, version, shape, recorded_at, body, kept_at)
            select $1, k.version, $3, k.recorded_at, k.body, $6 from unnest($2::bigint[], $4::timestamptz[], $5::text[]) as k (version, recorded_at, body) where coalesce((select times from crisis.history_forgotten where stream = $1), 0) = $8
                on conflict do nothing
            """,
            start.Key, kept.Select(k => k.State.Version).ToArray(), _shape, kept.Select(k => k.State.RecordedAt).ToArray(), kept.Select(k => k.Body).ToArray(), clock.GetUtcNow(),
            Most - kept.Length, start.Forgotten);
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException)
        {
            // A replica that takes no writes, or a full disk: the reader has its answer all the same.
        }
    }
}

/// <summary>Where the folding of a stream starts.</summary>
/// <param name="Held">A state, at version 0 the empty one.</param>
/// <param name="Forgotten">How often this stream had been forgotten when it was read.</param>
public sealed record HistoryStart(string Key, HeldState Held, long Forgotten);
