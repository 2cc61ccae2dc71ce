using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;
using Wolverine;

namespace CrisisOps.Server.Reactions;

/// <summary>
/// Tells the rules what happened, one event after the other, in the order of commits. One node does it for all; another takes over when
/// it goes. Woken by commits; what it gives carries the id of its event, so that an event heard twice has its effect once.
/// </summary>
public sealed partial class EventSubscription(
    NpgsqlDataSource database, SubscriptionPosition position, WakeUps wakeUps, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<EventSubscription> log) : BackgroundService
{
    private const int Tries = 6;

    /// <summary>The lock that makes one node the one; next to that of the schema.</summary>
    private const long Turn = 4712;

    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);

    // Under load every commit wakes; nobody needs a rule faster than this, and each look costs two statements.
    private static readonly TimeSpan _calm = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken); // commands can be given once the whole host is up
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var turn = await database.OpenConnectionAsync(stoppingToken);
                if (await Mine(turn, stoppingToken))
                {
                    await Run(turn, stoppingToken);
                }
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
                LogStopped(log, exception); // a server without rules for a second is better than none
            }

            await Task.Delay(_poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> Mine(NpgsqlConnection turn, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({Turn})", turn);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Hears as long as the lock is held: its session is asked before anything is told, so a node that lost it stops.</summary>
    private async Task Run(NpgsqlConnection turn, CancellationToken cancellation)
    {
        try
        {
            var at = await position.Load(cancellation);
            var saved = at;
            while (true)
            {
                var woken = wakeUps.Next(null);
                var (messages, next) = await position.Read(at, cancellation);
                if (messages.Count > 0)
                {
                    await StillMine(turn, cancellation);
                }

                foreach (var message in messages)
                {
                    await Tell(message, cancellation);
                }

                var idle = next == at;
                at = next;
                if (messages.Count > 0 || (idle && saved != at))
                {
                    await position.Save(at, cancellation);
                    saved = at;
                }

                await Task.Delay(_calm, cancellation);
                if (idle)
                {
                    await Task.WhenAny(woken, Task.Delay(_poll, cancellation));
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            await Release(turn);
        }
    }

    private static async Task StillMine(NpgsqlConnection turn, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select 1", turn);
        await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Pooled connections keep their session, and with it the lock.</summary>
    private static async Task Release(NpgsqlConnection turn)
    {
        if (turn.State == System.Data.ConnectionState.Open)
        {
            await using var command = new NpgsqlCommand($"select pg_advisory_unlock({Turn})", turn);
            await command.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    /// <summary>Tells one event; a rule that fails again and again is written down and does not hold up the others.</summary>
    private async Task Tell(object message, CancellationToken cancellation)
    {
        if (message is UnreadableEvent unreadable)
        {
            LogFailed(log, unreadable.Why, message);
            await WriteDown(message, unreadable.Why, cancellation);
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(message, cancellation);
                return;
            }
            catch (ReactionBusyException)
            {
                attempt--; // for as long as it takes: nothing that is busy is lost
                await Task.Delay(_again, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested && exception is not NpgsqlException { IsTransient: true })
            {
                if (attempt >= Tries)
                {
                    LogFailed(log, exception, message);
                    await WriteDown(message, exception, cancellation);
                    return;
                }

                await Task.Delay(_again * attempt, cancellation);
            }
        }
    }

    private async Task WriteDown(object message, Exception exception, CancellationToken cancellation)
    {
        await using var command = database.Statement("insert into crisis.failed_reactions (message, error) values ($1, $2)", message.ToString(), exception.GetType().Name);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rules on {Event} failed; it stands in crisis.failed_reactions")]
    private static partial void LogFailed(ILogger logger, Exception exception, object @event);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rules stopped; they go on from where they were")]
    private static partial void LogStopped(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rules wait: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);
}
