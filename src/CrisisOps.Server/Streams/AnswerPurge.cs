using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>Forgets stored answers after seven days: whoever repeats a command later than that meets the guards, not the answer.</summary>
public sealed partial class AnswerPurge(NpgsqlDataSource database, TimeProvider clock, ILogger<AnswerPurge> log) : BackgroundService
{
    /// <summary>How long a repeat gets the first answer.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const int AtOnce = 5000;
    private static readonly TimeSpan _every = TimeSpan.FromHours(1);

    /// <summary>Deletes what is older, in small transactions.</summary>
    public async Task<int> Purge(CancellationToken cancellation)
    {
        var deleted = 0;
        int last;
        do
        {
            await using var command = database.Statement(
                "delete from crisis.idempotency where scope in (select scope from crisis.idempotency where recorded_at < $1 limit $2)", clock.GetUtcNow() - Kept, AtOnce);
            deleted += last = await command.ExecuteNonQueryAsync(cancellation);
        }
        while (last == AtOnce);

        return deleted;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.Run(_every, Purge, why => LogLater(log, why), stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old answers are forgotten later ({Why})")]
    private static partial void LogLater(ILogger logger, string why);
}
