using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>
/// Chains what was committed, after its commit, and signs heads. One node at a time does it for all; posting never waits for it. A node that is
/// killed in between leaves nothing half done: a page is written whole, or chained anew.
/// </summary>
public sealed partial class Chainer(NpgsqlDataSource database, Chain chain, Heads heads, HistorySettings settings, WakeUps wakeUps, IHostApplicationLifetime lifetime, ILogger<Chainer> log) : BackgroundService
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(15);

    // Nobody waits for a leaf before the next head, so what comes in between is chained together: a stream that moved a hundred times has its
    // tip written once, and whoever posts has the machine for themselves.
    private readonly TimeSpan _gather = settings.HeadEvery / 4 is var quarter && quarter < _longest ? quarter : _longest;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = wakeUps.Next(null);
            try
            {
                await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                LogLost(log, exception.Message);
            }
            catch (Exception exception)
            {
                LogFailed(log, exception);
            }

            await Task.Delay(_gather, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAny(woken, Task.Delay(_poll, stoppingToken));
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        await using var turn = await ClusterTurn.Try(database, ClusterTurn.History, cancellation);
        if (turn is null)
        {
            return;
        }

        for (var leisure = new Leisure(); await chain.Next(cancellation);)
        {
            await leisure.Pause(cancellation);
        }

        await heads.MakeIfDue(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The history is not chained further for now ({Why}); it goes on from where it is")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chaining the history failed; it is tried again in a second")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
