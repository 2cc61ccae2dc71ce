using System.Globalization;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>
/// Makes leaves of committed events, page by page. Whoever calls has the turn (<see cref="Hosting.ClusterTurn"/>); should they have lost it, the page that they
/// write fails, because the history has moved.
/// </summary>
public sealed partial class Chain(NpgsqlDataSource database, UnchainedEvents events, TimeProvider clock, ILogger<Chain> log)
{
    /// <summary>How often all streams are looked through for what no reader of the sequence could find.</summary>
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(10);

    private long _size = -1;
    private long _written = -1;
    private long _swept;
    private bool _sweeps = true;

    /// <summary>Chains the next page; false when nothing more is committed.</summary>
    public async Task<bool> Next(CancellationToken cancellation)
    {
        var (size, complete, horizon) = await Standing(cancellation);
        try
        {
            var page = new ChainPage(size, complete);
            var rows = await events.Read(page, horizon, cancellation);
            await Write(page, size, cancellation);
            _size = size + page.Count;
            events.Want(page.Ahead);
            return rows >= UnchainedEvents.Page || events.Waiting || await Sweep(cancellation);
        }
        catch
        {
            _size = -1; // what was read is not chained: it is read again
            throw;
        }
    }

    /// <summary>Chains everything that is committed by now, of these streams in any case.</summary>
    public async Task CatchUp(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        while (await Next(cancellation))
        {
            // there is more
        }

        await using var command = database.Statement(
            "select s.id from crisis.mt_streams s left join crisis.history_tips t on t.stream = s.id where s.id = any ($1) and s.version > coalesce(t.version, 0)", (object)streams.ToArray());
        List<string> behind = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                behind.Add(reader.GetString(0));
            }
        }

        events.Want(behind);
        while (await Next(cancellation))
        {
            // they are read one by one
        }
    }

    private async Task Write(ChainPage page, long size, CancellationToken cancellation)
    {
        var upto = events.Upto;
        if (page.Count == 0 && upto == _written)
        {
            return;
        }

        await page.Write(database, upto, cancellation);
        _written = upto;
        HistoryMetrics.Chained(page.Count);
        if (size == 0 && page.Count > 0)
        {
            LogBegun(log);
        }
    }

    /// <summary>Where the history stands in the store; what another node has chained meanwhile is taken up from there.</summary>
    private async Task<(long Size, byte[] Complete, ulong Horizon)> Standing(CancellationToken cancellation)
    {
        await using var command = database.Statement("select size, position, complete, crisis.horizon()::text from crisis.history");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var size = reader.GetInt64(0);
        if (size != _size)
        {
            events.Begin(reader.GetInt64(1));
            (_size, _sweeps, _written) = (size, true, reader.GetInt64(1));
        }

        return (size, reader.GetFieldValue<byte[]>(2), ulong.Parse(reader.GetString(3), CultureInfo.InvariantCulture));
    }

    private async Task<bool> Sweep(CancellationToken cancellation)
    {
        if (!_sweeps && clock.GetElapsedTime(_swept) < _sweepEvery)
        {
            return false;
        }

        (_sweeps, _swept) = (false, clock.GetTimestamp());
        var behind = await events.Behind(cancellation);
        events.Want(behind);
        return behind.Count > 0;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The history of this store begins to be chained")]
    private static partial void LogBegun(ILogger logger);
}
