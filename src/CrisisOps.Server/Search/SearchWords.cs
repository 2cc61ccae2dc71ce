using System.Diagnostics;
using System.Globalization;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Search;

/// <summary>
/// Keeps the words of timeline entries for <c>GET /v1/search</c>, after their commit: indexing words costs as much as posting them, and
/// nobody who posts shall wait for those who search. What is not kept yet is looked through as it is.
/// </summary>
public sealed partial class SearchWords(NpgsqlDataSource database, WakeUps wakeUps, IHostApplicationLifetime lifetime, ILogger<SearchWords> log) : BackgroundService
{
    /// <summary>The reader in <c>crisis.subscriptions</c>.</summary>
    public const string Reader = "search";

    /// <summary>
    /// Entries kept at once. A transaction that writes holds back everybody who reads in the order of commits, rules and live timelines, so
    /// it is short.
    /// </summary>
    private const int Window = 100;

    /// <summary>Transactions per second above which the machine is left to those who post.</summary>
    private const double Busy = 100;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _busyPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(5);

    // One statement: what is kept and the position move together, and a second node waits for the row and finds the work done.
    private const string Keep = """
        with s as materialized (select position from crisis.subscriptions where name = $1 for update),
             h as materialized (select crisis.horizon(s.position) as xid from s),
             e as materialized (select coalesce((select t.xid from crisis.timeline t where t.xid >= s.position and t.xid < h.xid order by t.xid offset $2 limit 1), h.xid) as upto from s, h),
             kept as (
                insert into crisis.entry_words (stream, version, recorded_at, words)
                select t.stream, t.version, t.recorded_at, crisis.words_of(t) from crisis.timeline t, s, e where t.xid >= s.position and t.xid < greatest(e.upto, s.position)
                on conflict (stream, version) do nothing returning 1),
             moved as (update crisis.subscriptions u set position = greatest(e.upto, u.position) from e where u.name = $1 returning 1)
        select (select count(*) from kept), (select count(*) from moved), (select xid::text from h)
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        var (looked, seen) = (Stopwatch.GetTimestamp(), 0UL);
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = wakeUps.Next(null);
            var pause = _pause;
            var kept = 0L;
            try
            {
                (kept, var now) = await KeepSome(stoppingToken);
                pause = seen > 0 && (now - seen) / Stopwatch.GetElapsedTime(looked).TotalSeconds > Busy ? _busyPause : _pause;
                (looked, seen) = (Stopwatch.GetTimestamp(), now);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                LogLost(log, exception.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (kept == 0)
            {
                await Task.WhenAny(woken, Task.Delay(_poll, stoppingToken));
            }
        }
    }

    /// <summary>How many entries were kept, and how many transactions there have been.</summary>
    private async Task<(long Kept, ulong Transactions)> KeepSome(CancellationToken cancellation)
    {
        await using var command = database.Statement(Keep, Reader, Window);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), ulong.Parse(reader.GetString(2), CultureInfo.InvariantCulture));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Words for the search are not kept: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);
}
