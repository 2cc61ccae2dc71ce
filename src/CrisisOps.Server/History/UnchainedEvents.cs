using System.Globalization;
using CrisisOps.Proof;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>
/// Finds events that are not chained yet. The sequence of events is no order of commits: a number that is missing may still come, for as long
/// as a transaction is open that can have taken it; after that a failed commit has burned it.
/// </summary>
public sealed partial class UnchainedEvents(NpgsqlDataSource database, ILogger<UnchainedEvents> log)
{
    /// <summary>Events of a page. A transaction that writes holds back everybody who reads in the order of commits, so it is short.</summary>
    public const int Page = 2000;

    /// <summary>A hole larger than this is no failed commit; what comes in it is found by looking through the streams.</summary>
    private const int MostGaps = 10_000;

    private const string Select = $"select e.seq_id, {StoredEvent.Columns}, t.version, t.hash, pg_snapshot_xmax(pg_current_snapshot())::text from";
    private const string Tips = "left join crisis.history_tips t on t.stream = e.stream_id";
    private const string Tombstone = "tombstone";

    private readonly SortedDictionary<long, ulong> _gaps = [];
    private readonly Queue<string> _behind = new();
    private long _read;

    /// <summary>Streams are known to stand further than they are chained.</summary>
    public bool Waiting => _behind.Count > 0;

    /// <summary>Everything up to this number is chained, once what was read is.</summary>
    public long Upto => _gaps.Count > 0 ? Math.Min(_read, _gaps.Keys.First() - 1) : _read;

    /// <summary>Forgets what it knew and begins after this number.</summary>
    public void Begin(long position)
    {
        _gaps.Clear();
        _behind.Clear();
        _read = position;
    }

    /// <summary>Asks for these streams first.</summary>
    public void Want(IEnumerable<string> streams)
    {
        foreach (var stream in streams)
        {
            _behind.Enqueue(stream);
        }
    }

    /// <summary>Reads the next events into a page; gives how many it looked at.</summary>
    /// <param name="horizon">The first transaction that was not over yet, before this was asked for.</param>
    public async Task<int> Read(ChainPage page, ulong horizon, CancellationToken cancellation)
    {
        if (_behind.TryDequeue(out var stream))
        {
            await using var behind = database.Statement(
                $"{Select} crisis.mt_events e {Tips} where e.stream_id = $1 and e.version > coalesce((select s.version from crisis.history_tips s where s.stream = $1), 0) order by e.version limit {Page}", stream);
            var rows = await Take(behind, page, null, cancellation);
            if (page.Ahead.Remove(stream))
            {
                LogBroken(log, stream); // a version is missing, or named so that no bundle can hold it: the rest of the stream can not be chained
            }
            else if (rows == Page)
            {
                _behind.Enqueue(stream);
            }

            return rows;
        }

        var late = await ReadLate(page, horizon, cancellation);
        await using var next = database.Statement($"{Select} crisis.mt_events e {Tips} where e.seq_id > $1 order by e.seq_id limit {Page}", _read);
        return late + await Take(next, page, Passed, cancellation);
    }

    /// <summary>Streams that stand further than they are chained; all of them, however long ago.</summary>
    public async Task<IReadOnlyList<string>> Behind(CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select s.id from crisis.mt_streams s left join crisis.history_tips t on t.stream = s.id where s.version > coalesce(t.version, 0) and s.id <> 'mt_tombstone' limit 10000");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> streams = [];
        while (await reader.ReadAsync(cancellation))
        {
            streams.Add(reader.GetString(0));
        }

        return streams;
    }

    private async Task<int> ReadLate(ChainPage page, ulong horizon, CancellationToken cancellation)
    {
        if (_gaps.Count == 0)
        {
            return 0;
        }

        await using var late = database.Statement($"{Select} crisis.mt_events e {Tips} where e.seq_id = any ($1) order by e.seq_id", (object)_gaps.Keys.ToArray());
        var came = await Take(late, page, (number, _) => _gaps.Remove(number), cancellation);
        foreach (var burned in _gaps.Where(g => g.Value <= horizon).Select(g => g.Key).ToArray())
        {
            _gaps.Remove(burned);
        }

        return came;
    }

    /// <summary>Notes the numbers between the last one and this one.</summary>
    private void Passed(long number, ulong xmax)
    {
        if (number - _read <= MostGaps)
        {
            for (var missing = _read + 1; missing < number; missing++)
            {
                _gaps[missing] = xmax;
            }
        }

        _read = number;
    }

    private static async Task<int> Take(NpgsqlCommand command, ChainPage page, Action<long, ulong>? seen, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        const int tip = 1 + StoredEvent.Width;
        var rows = 0;
        for (; await reader.ReadAsync(cancellation); rows++)
        {
            seen?.Invoke(reader.GetInt64(0), ulong.Parse(reader.GetString(tip + 2), CultureInfo.InvariantCulture));
            if (reader.GetString(3) == Tombstone)
            {
                continue; // no event: it fills a number that a failed commit has burned
            }

            var chained = !await reader.IsDBNullAsync(tip, cancellation);
            page.Take(StoredEvent.Read(reader, 1), chained ? reader.GetInt64(tip) : 0, chained ? Digest.Read(reader.GetFieldValue<byte[]>(tip + 1)) : default);
        }

        return rows;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The history of {Stream} can not be chained further: an event of it is missing in the store, or is none of ours")]
    private static partial void LogBroken(ILogger logger, string stream);
}
