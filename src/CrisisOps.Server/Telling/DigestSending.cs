using System.Globalization;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>
/// Writes digests when they are due: what a recipient may read of an incident now, since they were told last. So what was corrected meanwhile comes
/// corrected, and what was taken back does not come.
/// </summary>
public sealed partial class DigestSending(
    NpgsqlDataSource database, DigestRows digests, SubscriptionBook books, NewsCandidates candidates, DigestPlan plan, StreamLoader loader, StreamKinds kinds, DeliveryRows rows, WakeUps wakeUps,
    TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<DigestSending> log) : BackgroundService
{
    private const int Most = 50;
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);

    private static readonly string[] _told = [.. HappenedNews.Types.Select(t => t.Name)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = wakeUps.Next(DeliveryRows.Signal);
            try
            {
                while (await Write(stoppingToken) == Most)
                {
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException { IsTransient: true } or TimeoutException or IOException)
            {
                LogLost(log, exception.GetType().Name);
            }
            catch (Exception exception)
            {
                LogStopped(log, exception);
            }

            await Task.WhenAny(woken, Task.Delay(_poll, stoppingToken));
        }
    }

    /// <returns>How many were due.</returns>
    private async Task<int> Write(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await digests.Next(cancellation) is not { } next || next > now)
        {
            return 0;
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var due = await Due(connection, now, cancellation);
        if (due.Count == 0)
        {
            return 0;
        }

        var book = await books.Now(cancellation);
        var states = await loader.Load([.. due.Select(d => d.Incident).Distinct(StringComparer.Ordinal)], cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        List<PlannedDelivery> written = [];
        foreach (var same in due.GroupBy(d => d.Incident, StringComparer.Ordinal))
        {
            var context = NewsContext.Of(kinds.Of(same.Key), states[same.Key].State, now);
            var concerned = candidates.Concerned(context, book, now).ToLookup(c => c.Recipient, StringComparer.Ordinal);
            foreach (var digest in same)
            {
                var (entries, upto) = await NewsEntry.Since(connection, digest.Incident, digest.Upto, _told, cancellation);
                var planned = await plan.Plan(digest, Reasons(digest, concerned, book, now), [.. await NotTold(connection, digest, entries, cancellation)], context, now, cancellation);
                written.AddRange(planned.Message is { } message ? [message] : []);
                Settle(batch, digest, planned, upto, now);
                if (digest.Every is not null && planned.Every is null && context.Live)
                {
                    DigestRows.HandOver(batch, digest.Incident, Successors(concerned, now));
                }
            }
        }

        rows.Add(batch, written);
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        wakeUps.Committed([DeliveryRows.Signal]);
        return due.Count;
    }

    /// <summary>Under the subscription for which it was kept also what its scope does not hold any more: it did when it came.</summary>
    private static IEnumerable<Candidate> Reasons(DueDigest digest, ILookup<string, Candidate> concerned, Book book, DateTimeOffset now) =>
    [
        .. book.Subscriptions.Where(s => s.Subscription.Key == digest.Subscription && s.Subscription.TellsAt(now)).Select(Candidate.Of),
        .. concerned[digest.Recipient].Where(c => c.Subscription is not { } other || other.Key != digest.Subscription),
    ];

    /// <summary>Whoever must hear of it as often hears what has come until now.</summary>
    private static PlannedDigest[] Successors(ILookup<string, Candidate> concerned, DateTimeOffset now) =>
    [
        .. from recipient in concerned
           from reason in recipient.Where(r => r is { Every: not null, Reach: not null }).Take(1)
           select new PlannedDigest(reason.Recipient, reason.Audience, "", 0, now, Holds: true, reason.Every),
    ];

    private static void Settle(NpgsqlBatch batch, DueDigest digest, DigestPlanned planned, long upto, DateTimeOffset now)
    {
        if (planned.Closed)
        {
            batch.Append("delete from crisis.digests where recipient = $1 and incident = $2", digest.Recipient, digest.Incident);
        }
        else if (planned.AsleepUntil is { } end)
        {
            batch.Append("update crisis.digests set due_at = $3, every = $4 where recipient = $1 and incident = $2", digest.Recipient, digest.Incident, end, planned.Every);
        }
        else
        {
            batch.Append(
                "update crisis.digests set upto = $3, held = false, every = $4, due_at = $5 where recipient = $1 and incident = $2",
                digest.Recipient, digest.Incident, upto, planned.Every, now + planned.Every);
        }
    }

    private static async Task<List<DueDigest>> Due(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select recipient, incident, subscription, upto, held, due_at, every from crisis.digests where due_at <= $1 order by due_at limit {Most} for update skip locked", connection)
        {
            Parameters = { new() { Value = now } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DueDigest> due = [];
        while (await reader.ReadAsync(cancellation))
        {
            due.Add(new DueDigest(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetBoolean(4), reader.GetFieldValue<DateTimeOffset>(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<TimeSpan>(6)));
        }

        return due;
    }

    /// <summary>Without what came by itself in the meantime.</summary>
    private static async Task<IEnumerable<NewsEntry>> NotTold(NpgsqlConnection connection, DueDigest digest, IReadOnlyList<NewsEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
        {
            return entries;
        }

        await using var command = new NpgsqlCommand(
            "select distinct unnest(covers) from crisis.deliveries where recipient = $1 and incident = $2 and covers && $3 and state not in ('Suppressed', 'Cancelled')", connection)
        {
            Parameters = { new() { Value = digest.Recipient }, new() { Value = digest.Incident }, new() { Value = entries.Select(e => e.Version.ToString(CultureInfo.InvariantCulture)).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        HashSet<string> told = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            told.Add(reader.GetString(0));
        }

        return entries.Where(e => !told.Contains(e.Version.ToString(CultureInfo.InvariantCulture)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Digests wait: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Digests stopped; they go on in a second")]
    private static partial void LogStopped(ILogger logger, Exception exception);
}
