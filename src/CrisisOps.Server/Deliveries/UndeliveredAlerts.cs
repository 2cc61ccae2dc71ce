using CrisisOps.Domain.Crises;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// Says on the timeline of a crisis that an alert did not come to a partner: it was given up, or there is no way to send it. A delivery that
/// ended so stands in an index of its own until its crisis has answered: so none is missed whenever a node dies, and who looks reads
/// nothing as long as nothing fails. Several nodes may look at once, since the crisis records it once. Not for names that no partner here
/// has: whoever wrote such a name tells them by other means, and the window for the acknowledgement watches over it.
/// </summary>
public sealed partial class UndeliveredAlerts(
    NpgsqlDataSource database, StreamLoader loader, PartnerDirectory partners, WakeUps wakeUps, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime,
    ILogger<UndeliveredAlerts> log) : BackgroundService
{
    private const int Window = 100;

    // The condition of deliveries_unnoted, word for word.
    private const string Unnoted = """
        select d.id, d.incident, d.about, d.recipient, d.reason,
               exists (select 1 from crisis.deliveries o where o.recipient = d.recipient and o.incident = d.incident and o.about = d.about and o.state in ('Delivered', 'Acknowledged'))
          from crisis.deliveries d
         where d.state in ('Exhausted', 'Suppressed') and d.kind in ('Alert', 'AlertUpdate') and d.reason not in ('exercise', 'never-told', 'unknown-partner') and not d.noted
         order by d.position limit $1
        """;

    private static readonly TimeSpan _calm = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken); // commands can be given once the whole host is up
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = wakeUps.Next(DeliveryRows.Signal);
            var noted = 0;
            try
            {
                noted = await NoteSome(stoppingToken);
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

            await Task.Delay(_calm, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (noted == 0)
            {
                await Task.WhenAny(woken, Task.Delay(_poll, stoppingToken));
            }
        }
    }

    /// <summary>How many deliveries were seen to.</summary>
    private async Task<int> NoteSome(CancellationToken cancellation)
    {
        var ended = await Read(cancellation);
        if (ended.Count == 0)
        {
            return 0;
        }

        var crises = await loader.Load([.. ended.Select(e => e.Incident)], cancellation);
        List<string> noted = [];
        foreach (var same in ended.GroupBy(e => (e.Incident, e.About, e.Recipient)))
        {
            // What came to the partner by another way has come.
            var name = same.Any(e => e.Told) ? null : await Name((Crisis)crises[same.Key.Incident].State, same.Key.About, same.Key.Recipient, cancellation);
            if (name is null || await Give(same.Key.Incident, new RecordPartnerUndelivered(same.Key.About, name, same.First().Why), cancellation))
            {
                noted.AddRange(same.Select(e => e.Id));
            }
        }

        await using var command = database.Statement("update crisis.deliveries set noted = true where id = any ($1)", (object)noted.ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
        return noted.Count;
    }

    private async Task<List<(string Id, string Incident, string About, string Recipient, string Why, bool Told)>> Read(CancellationToken cancellation)
    {
        await using var command = database.Statement(Unnoted, Window);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(string, string, string, string, string, bool)> ended = [];
        while (await reader.ReadAsync(cancellation))
        {
            ended.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetBoolean(5)));
        }

        return ended;
    }

    private async Task<string?> Name(Crisis crisis, string alert, string recipient, CancellationToken cancellation) =>
        await partners.Of(recipient, cancellation) is { } partner ? PartnerDirectory.NameIn(crisis.Alerts.Find(a => a.AlertId == alert), partner) : null;

    /// <summary>True when the crisis has answered, whatever it said: what was acknowledged meanwhile, or is over, is refused.</summary>
    private async Task<bool> Give(string crisis, RecordPartnerUndelivered command, CancellationToken cancellation) =>
        await scopes.Give(crisis, command, cancellation) is not (Reply.Busy or Reply.Gone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What did not come to partners is recorded later: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "What did not come to partners could not be recorded; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
