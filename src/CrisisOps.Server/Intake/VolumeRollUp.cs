using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>Adds up minutes of two days ago into hours, and forgets hours that no baseline needs: so the counts of five weeks stay small.</summary>
public sealed partial class VolumeRollUp(NpgsqlDataSource database, TimeProvider clock, ILogger<VolumeRollUp> log) : BackgroundService
{
    /// <summary>Longer than the surge rule looks back by the minute.</summary>
    public static readonly TimeSpan Minutes = TimeSpan.FromDays(2);

    /// <summary>Longer than the surge rule looks back by the hour.</summary>
    public static readonly TimeSpan Hours = TimeSpan.FromDays(35);

    private static readonly TimeSpan _every = TimeSpan.FromHours(1);

    /// <summary>In one statement: no minute is counted twice or lost, whoever else does the same.</summary>
    public async Task RollUp(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.Statement(
            """
            with old as (delete from crisis.intake_volume where minute < date_trunc('hour', $1::timestamptz, 'UTC') returning minute, policy_area, region, source, n),
                 gone as (delete from crisis.intake_hours where hour < $2)
            insert into crisis.intake_hours as h (hour, policy_area, region, source, n)
            select date_trunc('hour', minute, 'UTC'), policy_area, region, source, sum(n) from old where minute >= $2 group by 1, 2, 3, 4 order by 1, 2, 3, 4
                on conflict (hour, policy_area, region, source) do update set n = h.n + excluded.n
            """,
            now - Minutes, now - Hours);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.Run(_every, RollUp, why => LogLater(log, why), stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts of reports are rolled up later ({Why})")]
    private static partial void LogLater(ILogger logger, string why);
}
