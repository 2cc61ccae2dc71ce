using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>
/// When a source was last heard of, and how often by which key. Counted in memory and written once a second: an alert costs no write of its own.
/// What a node that is killed had not written is lost; the alerts themselves are not.
/// </summary>
public sealed partial class SourceUses(NpgsqlDataSource database, IServiceScopeFactory scopes, ILogger<SourceUses> log) : BackgroundService
{
    private const string Sources = """
        insert into crisis.source_uses as s (source, last_heard, uses) select * from unnest($1::text[], $2::timestamptz[], $3::bigint[])
        on conflict (source) do update set last_heard = greatest(s.last_heard, excluded.last_heard), uses = s.uses + excluded.uses
        """;

    private const string Keys = """
        insert into crisis.key_uses as k (source, key_id, last_used, uses) select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[])
        on conflict (source, key_id) do update set last_used = greatest(k.last_used, excluded.last_used), uses = k.uses + excluded.uses
        """;

    private static readonly TimeSpan _every = TimeSpan.FromSeconds(1);

    private readonly Lock _turn = new();
    private Dictionary<(string Source, string? KeyId), Use> _uses = [];

    /// <summary>The source was heard of: by an alert, or by a heartbeat.</summary>
    /// <param name="keyId">The key it came with; null when it was signed instead.</param>
    public void Used(string source, string? keyId, DateTimeOffset now) => Add((source, keyId), new Use(now, 1));

    /// <summary>Until the server stops, and the rest then: whoever stops this service waits for this task.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WriteAgainAndAgain(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Write(CancellationToken.None);
        }
    }

    private async Task WriteAgainAndAgain(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(_every);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var (source, at) in await Write(stoppingToken))
                {
                    await scopes.Give(source, new MarkHeard(at), stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, exception);
            }
        }
    }

    /// <summary>Writes what was counted; gives the sources among them that are on record as silent, and when they were heard of.</summary>
    private async Task<IReadOnlyList<(string Source, DateTimeOffset At)>> Write(CancellationToken cancellation)
    {
        var uses = Taken();
        if (uses.Count == 0)
        {
            return [];
        }

        try
        {
            // In one order on every node, so that no two of them wait for each other.
            var heard = uses.GroupBy(u => u.Key.Source, u => u.Value).Select(g => (Source: g.Key, Use: g.Aggregate(Use.Both))).OrderBy(h => h.Source, StringComparer.Ordinal).ToArray();
            var keys = uses.Where(u => u.Key.KeyId is not null).OrderBy(u => u.Key.Source, StringComparer.Ordinal).ThenBy(u => u.Key.KeyId, StringComparer.Ordinal).ToArray();
            await using var batch = database.CreateBatch();
            batch.Append(Sources, heard.Select(h => h.Source).ToArray(), heard.Select(h => h.Use.At).ToArray(), heard.Select(h => h.Use.Times).ToArray());
            batch.Append(Keys, keys.Select(k => k.Key.Source).ToArray(), keys.Select(k => k.Key.KeyId).ToArray(), keys.Select(k => k.Value.At).ToArray(), keys.Select(k => k.Value.Times).ToArray());
            batch.Append("select key from crisis.sources where key = any ($1) and silent", (object)heard.Select(h => h.Source).ToArray());
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            HashSet<string> silent = [];
            while (await reader.ReadAsync(cancellation))
            {
                silent.Add(reader.GetString(0));
            }

            return [.. heard.Where(h => silent.Contains(h.Source)).Select(h => (h.Source, h.Use.At))];
        }
        catch (Exception exception) when (DatabaseErrors.IsOutage(exception) || cancellation.IsCancellationRequested)
        {
            // Nothing of it was written: it goes with the next ones, or at the stop.
            foreach (var (of, use) in uses)
            {
                Add(of, use);
            }

            LogLost(log, exception.GetType().Name);
            return [];
        }
    }

    private void Add((string, string?) of, Use use)
    {
        lock (_turn)
        {
            _uses[of] = _uses.TryGetValue(of, out var before) ? Use.Both(before, use) : use;
        }
    }

    private Dictionary<(string Source, string? KeyId), Use> Taken()
    {
        lock (_turn)
        {
            var taken = _uses;
            _uses = [];
            return taken;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which sources were heard of is written later ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Which sources were heard of could not be written")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    private readonly record struct Use(DateTimeOffset At, long Times)
    {
        public static Use Both(Use one, Use other) => new(one.At > other.At ? one.At : other.At, one.Times + other.Times);
    }
}
