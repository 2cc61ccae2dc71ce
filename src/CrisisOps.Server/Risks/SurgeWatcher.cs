using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Risks;

/// <summary>Looks for surges every full minute, and at once when the clock is moved. One node at a time looks; whoever comes second finds nothing to do.</summary>
public sealed partial class SurgeWatcher(NpgsqlDataSource database, SurgeWatch watch, TimeProvider clock, StoreClock storeClock, IHostApplicationLifetime lifetime, ILogger<SurgeWatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken); // commands can be given once the whole host is up
        var judged = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (moved, minute, pause) = (storeClock.Moved, watch.Minute, _again);
            try
            {
                if (judged >= minute || await Look(stoppingToken))
                {
                    judged = minute;
                    pause = minute.AddMinutes(1) - clock.GetUtcNow();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                LogLost(log, exception.GetType().Name);
                pause = TimeSpan.FromSeconds(1);
            }
            catch (Exception exception)
            {
                LogFailed(log, exception);
                pause = TimeSpan.FromSeconds(10);
            }

            await Task.WhenAny(moved, Task.Delay(pause > _again ? pause : _again, stoppingToken));
        }
    }

    /// <summary>True when everything up to now is judged, by whomever.</summary>
    private async Task<bool> Look(CancellationToken cancellation)
    {
        await using var turn = await ClusterTurn.Try(database, ClusterTurn.Surges, cancellation);
        return turn is not null && await watch.Look(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody looks for surges: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The look for surges failed; it comes again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
