using System.Diagnostics;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>What a lane does with the database: look, decide, write; optimistically, or under the locks of the streams.</summary>
public sealed partial class LaneWork(
    NpgsqlDataSource database, StreamLoader loader, DecisionContexts contexts, StreamKinds kinds, BatchWriter writer, WakeUps wakeUps, ILogger<LaneWork> log)
{
    private const int LockedTries = 5;

    public HeldState Empty(string key) => new(kinds.Of(key).None(key), 0, default);

    public Task<Dictionary<string, HeldState>> Load(IReadOnlyCollection<string> keys, CancellationToken cancellation) => loader.Load(keys, cancellation);

    public async Task<BatchLookup> Look(IReadOnlyCollection<LaneItem> items, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await BatchLookup.Read(connection, null, items, cancellation);
    }

    /// <summary>Decides and writes on held states. False when another writer was faster, or one of the commands can not be written: nothing was then.</summary>
    public async Task<bool> Write(
        IReadOnlyList<LaneItem> items, BatchLookup lookup, Func<string, HeldState?> held, Action<string, HeldState> keep, CancellationToken cancellation)
    {
        var batch = new LaneBatch(lookup, new LaneReads(loader.Load, kinds), contexts, kinds);
        foreach (var item in items)
        {
            batch.Hold(item.Key, held(item.Key) ?? Empty(item.Key));
        }

        foreach (var item in items)
        {
            await batch.Decide(item, cancellation);
        }

        if (!await Written(batch, cancellation))
        {
            return false;
        }

        Finish(batch, keep);
        return true;
    }

    /// <summary>A batch that is decided without looking first, on the states the lane holds.</summary>
    public LaneBatch Open() => new(new BatchLookup(), new LaneReads(loader.Load, kinds), contexts, kinds);

    /// <summary>Writes an open batch; false when nothing could be written. Its callers are answered by <see cref="Finish"/>.</summary>
    public async Task<bool> Write(LaneBatch batch, LaneConnection connection) => batch.Empty || await Committed(batch, await connection.Open());

    /// <summary>A connection for a lane to keep.</summary>
    public LaneConnection Connect() => new(database);

    /// <summary>Runs commands under the row locks of their streams; if the batch fails, each alone, so that one fails by itself.</summary>
    public async Task UnderLock(IReadOnlyList<LaneItem> items, Action<string, HeldState> keep, CancellationToken cancellation)
    {
        if (await TryUnderLock(items, keep, cancellation))
        {
            return;
        }

        foreach (var item in items)
        {
            var done = false;
            for (var attempt = 0; !done && attempt < LockedTries; attempt++)
            {
                done = await TryUnderLock([item], keep, cancellation);
            }

            if (!done)
            {
                item.Answer(new Reply.Busy("Too many writers on this stream."));
            }
        }
    }

    private async Task<bool> TryUnderLock(IReadOnlyList<LaneItem> items, Action<string, HeldState> keep, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            var keys = items.Select(i => i.Key).Concat(items.SelectMany(i => i.OtherStreams)).Where(k => kinds.Find(k) is not null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            await using (var locks = new NpgsqlCommand("select 1 from crisis.mt_streams where id = any ($1) order by id for update", connection, transaction))
            {
                locks.Parameters.Add(new() { Value = keys });
                await locks.ExecuteNonQueryAsync(cancellation);
            }

            var states = await loader.Load(connection, transaction, keys, cancellation);
            var lookup = await BatchLookup.Read(connection, transaction, items, cancellation);
            var batch = new LaneBatch(lookup, new LaneReads((wanted, token) => loader.Load(connection, transaction, wanted, token), kinds), contexts, kinds);
            foreach (var (key, held) in states)
            {
                batch.Hold(key, held);
            }

            foreach (var item in items)
            {
                await batch.Decide(item, cancellation);
            }

            if (!batch.Empty)
            {
                await using var statements = new NpgsqlBatch(connection, transaction);
                writer.Add(statements, batch);
                await statements.ExecuteNonQueryAsync(CancellationToken.None);
            }

            await transaction.CommitAsync(CancellationToken.None);
            Finish(batch, keep);
            return true;
        }
        catch (PostgresException error) when (!DatabaseErrors.IsOutage(error) && (items.Count > 1 || DatabaseErrors.IsConflict(error)))
        {
            return false;
        }
        catch (PostgresException error) when (!DatabaseErrors.IsOutage(error))
        {
            items[0].Fail(error); // alone and under its lock it fails by itself, and costs nobody else anything
            return true;
        }
    }

    /// <summary>Says once that the database was lost; the callers are told 503.</summary>
    public void Lost(Exception exception) => LogLost(log, exception.Message);

    private async Task<bool> Written(LaneBatch batch, CancellationToken cancellation)
    {
        if (batch.Empty)
        {
            return true;
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await Committed(batch, connection);
    }

    /// <summary>One implicit transaction, one round trip; once sent it is not cancelled half-way.</summary>
    private async Task<bool> Committed(LaneBatch batch, NpgsqlConnection connection)
    {
        await using var statements = new NpgsqlBatch(connection);
        writer.Add(statements, batch);
        var since = Stopwatch.GetTimestamp();
        try
        {
            await statements.ExecuteNonQueryAsync(CancellationToken.None);
            StreamMetrics.Commit(since, done: true);
            return true;
        }
        catch (PostgresException error) when (!DatabaseErrors.IsOutage(error))
        {
            StreamMetrics.Commit(since, done: false);
            return false;
        }
    }

    /// <summary>After the commit: the states are held, the callers answered, the readers woken.</summary>
    public void Finish(LaneBatch batch, Action<string, HeldState> keep)
    {
        foreach (var (key, held) in batch.After)
        {
            keep(key, held);
        }

        batch.AnswerAll();
        if (batch.Events.Count > 0)
        {
            var written = batch.Events.Select(e => e.Key).Distinct(StringComparer.Ordinal);
            wakeUps.Committed(written.SelectMany(key => kinds.Of(key).Timelines(batch.After[key].State).Prepend(key)).Distinct(StringComparer.Ordinal));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer ({Why}); callers are told to try again")]
    private static partial void LogLost(ILogger logger, string why);
}
