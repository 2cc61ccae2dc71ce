using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Development;

/// <summary>Follows a clock that another node moved: told by it, and in any case within a second.</summary>
public sealed class ClockFollower(StoreClock clock, NpgsqlDataSource database, WakeUps wakeUps) : BackgroundService
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var told = wakeUps.Next(ClockJump.Signal);
            try
            {
                await clock.Load(database, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                // The database is away; the clock runs on as it is, and is read again in a second.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.WhenAny(told, Task.Delay(_poll, stoppingToken));
        }
    }
}
