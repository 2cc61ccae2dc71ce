using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>
/// Fires deadlines on every node: sleeps until the next one is due, at most a second, because another node may have opened an
/// earlier one; and wakes at once when the server's clock is moved.
/// </summary>
public sealed partial class DeadlineWatcher(
    DeadlineFiring firing, DeadlineLeases leases, TimeProvider clock, StoreClock storeClock, IHostApplicationLifetime lifetime, ILogger<DeadlineWatcher> log) : BackgroundService
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(2);

    /// <summary>Somebody else fires what is due, or it failed: look again soon, not at once.</summary>
    private static readonly TimeSpan _overdue = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken); // commands can be given once the whole host is up
        while (!stoppingToken.IsCancellationRequested)
        {
            var moved = storeClock.Moved;
            var pause = _longest;
            try
            {
                while (await firing.Fire(stoppingToken) > 0)
                {
                    // more may be due
                }

                pause = Pause(await leases.Next(stoppingToken));
            }
            catch (Exception exception) when (exception is NpgsqlException and not PostgresException { IsTransient: false } or TimeoutException or IOException)
            {
                LogLost(log, exception.Message);
            }
            catch (PostgresException exception) when (!exception.IsTransient)
            {
                LogBroken(log, exception);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.WhenAny(moved, Task.Delay(pause, stoppingToken));
        }
    }

    private TimeSpan Pause(DateTimeOffset? next)
    {
        if (next is not { } due)
        {
            return _longest;
        }

        var left = due - clock.GetUtcNow();
        return left <= TimeSpan.Zero ? _overdue : left < _shortest ? _shortest : left < _longest ? left : _longest;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Deadlines can not be read")]
    private static partial void LogBroken(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deadlines wait: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);
}
