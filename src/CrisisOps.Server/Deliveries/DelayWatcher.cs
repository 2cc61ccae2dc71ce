using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// Says on the timeline of a crisis that its messages are delayed, and when they go out again. One node at a time looks; what it says is kept in
/// <c>crisis.delays</c>, written before the crisis is told and after, so that a node that dies in between leaves nothing unsaid.
/// </summary>
public sealed partial class DelayWatcher(
    NpgsqlDataSource database, Delays delays, TimeProvider clock, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<DelayWatcher> log) : BackgroundService
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(3);

    /// <summary>What was delayed at the last look. Said when it still is at the next one: right after an outage, or after the clock was moved, everything looks old.</summary>
    private HashSet<string> _before = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken); // commands can be given once the whole host is up
        while (!stoppingToken.IsCancellationRequested)
        {
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
                LogLost(log, exception.GetType().Name);
            }
            catch (Exception exception)
            {
                LogFailed(log, exception);
            }

            await Task.Delay(_every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        await using var turn = await ClusterTurn.Try(database, ClusterTurn.Delays, cancellation);
        if (turn is null)
        {
            _before = [];
            return;
        }

        await Say(await delays.At(clock.GetUtcNow(), cancellation), cancellation);
    }

    private async Task Say(IReadOnlyList<Delay> now, CancellationToken cancellation)
    {
        var said = await Said(cancellation);
        foreach (var delay in now.Where(d => _before.Contains(d.Incident) && !said.GetValueOrDefault(d.Incident)))
        {
            await Write("insert into crisis.delays (incident) values ($1) on conflict do nothing", delay.Incident, cancellation);
            if (await Give(delay.Incident, new MarkNotificationsDelayed(delay.Since, delay.Waiting, delay.Channels), cancellation))
            {
                await Write("update crisis.delays set noted = true where incident = $1", delay.Incident, cancellation);
            }
        }

        foreach (var incident in said.Keys.Except(now.Select(d => d.Incident)))
        {
            if (await Give(incident, new MarkNotificationsResumed(), cancellation))
            {
                await Write("delete from crisis.delays where incident = $1", incident, cancellation);
            }
        }

        _before = [.. now.Select(d => d.Incident)];
    }

    /// <summary>Delays that are on record, and whether the crisis has answered.</summary>
    private async Task<Dictionary<string, bool>> Said(CancellationToken cancellation)
    {
        await using var command = database.Statement("select incident, noted from crisis.delays");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, bool> said = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            said[reader.GetString(0)] = reader.GetBoolean(1);
        }

        return said;
    }

    /// <summary>True when the crisis has answered, whatever it said.</summary>
    private async Task<bool> Give<TCommand>(string crisis, TCommand command, CancellationToken cancellation)
        where TCommand : Command =>
        await scopes.Give(crisis, command, cancellation) is not (Reply.Busy or Reply.Gone);

    private async Task Write(string sql, string incident, CancellationToken cancellation)
    {
        await using var command = database.Statement(sql, incident);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody looks for delayed messages: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The look for delayed messages failed; the next one comes in seconds")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
