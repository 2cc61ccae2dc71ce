using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// Remembers for a minute what the queue of each reader begins with. Whoever watches asks often and the queue moves seldom: asking PostgreSQL
/// whether anything in it moved costs a page half of what reading it does. The answer is never older than the question, on however many nodes.
/// </summary>
public sealed partial class QueueFronts(NpgsqlDataSource database, ILogger<QueueFronts> log) : BackgroundService
{
    // Some 8 MB of rows, whoever watches.
    private const int RowsKept = 20_000;
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _movesKept = 5 * _kept;

    private readonly MemoryCache _fronts = new(new MemoryCacheOptions { SizeLimit = RowsKept });
    private string? _allHaveSeen;

    /// <summary>What that token's queue begins with at that instant, if it is remembered and nothing moved; else the snapshot to read it anew with.</summary>
    internal async Task<(QueueFront? Front, string Snapshot, DateTimeOffset NextNear)> Of(Caller caller, int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = _fronts.TryGetValue(caller, out QueueFront? front) && front!.Holds(limit, now) ? front : null;
        // What a snapshot has not seen: what began after it, and what was under way.
        await using var command = database.Statement(
            """
            with asked as materialized (
                select $1::pg_snapshot is null
                    or exists (select 1 from crisis.queue_moves where xid >= pg_snapshot_xmax($1::pg_snapshot))
                    or exists (select 1 from crisis.queue_moves where xid = any (array(select pg_snapshot_xip($1::pg_snapshot)))) as moved)
            select case when moved then pg_current_snapshot()::text end,
                   case when moved then (select min(legal_due) from crisis.escalations where queued and legal_due > $2) end
              from asked
            """,
            known?.Snapshot, now + Queueing.LegalHorizon);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.IsDBNull(0)
            ? (known, known!.Snapshot, known.NextNear)
            : (null, reader.GetString(0), reader.IsDBNull(1) ? DateTimeOffset.MaxValue : reader.GetFieldValue<DateTimeOffset>(1) - Queueing.LegalHorizon);
    }

    internal void Keep(Caller caller, QueueFront front) =>
        _fronts.Set(caller, front, new MemoryCacheEntryOptions { Size = front.Near.Count + front.Rows.Count + 1, AbsoluteExpirationRelativeToNow = _kept });

    /// <summary>Forgets the moves that whatever is remembered has seen: those that the forgetting before, minutes ago, already saw.</summary>
    public async Task<int> Forget(CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            with gone as (delete from crisis.queue_moves where pg_visible_in_snapshot(xid, $1::pg_snapshot) returning 1)
            select pg_current_snapshot()::text, (select count(*) from gone)::int
            """,
            _allHaveSeen);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        _allHaveSeen = reader.GetString(0);
        return reader.GetInt32(1);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _fronts.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.Run(_movesKept, Forget, why => LogLater(log, why), stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Moves in the queue are forgotten later ({Why})")]
    private static partial void LogLater(ILogger logger, string why);
}
