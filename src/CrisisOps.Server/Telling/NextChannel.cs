using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>
/// News that did not come to somebody by one channel goes by the next one that they named, each channel once, and at last to their inbox. It is a message
/// of its own that says instead of which it goes. What did not come stands in an index until that is written, in the same commit: so none is
/// missed whenever a node dies, and who looks reads nothing as long as nothing fails.
/// </summary>
public sealed partial class NextChannel(
    NpgsqlDataSource database, SubscriptionBook books, WakeUps wakeUps, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<NextChannel> log) : BackgroundService
{
    private const int Most = 100;

    // The condition of deliveries_stranded, word for word.
    private const string Stranded = """
        select id, kind, recipient, channel, subscription from crisis.deliveries
         where (state = 'Exhausted' or (state = 'Suppressed' and reason in ('no-address', 'address-disabled', 'address-unverified')))
           and recipient like 'CNT-%' and covers is not null and endpoint <> '' and not passed_on
         order by position limit $1 for update skip locked
        """;

    // The same bytes: what was written for them once is what they were to read.
    private const string Pass = """
        insert into crisis.deliveries (id, incident, kind, about, recipient, endpoint, target, channel, tlp, ordered, subject, content_type, body, body_hash, told, state, created_at, next_at,
               audience, template, covers, due_by, subscription, fallback_of)
        select u.id, d.incident, d.kind, d.about, d.recipient, u.endpoint, d.recipient || '/' || u.endpoint, u.channel, d.tlp, d.ordered, d.subject, d.content_type, d.body, d.body_hash, d.told, 'Queued', $5, $5,
               d.audience, d.template, d.covers, d.due_by, d.subscription, d.id
          from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as u (failed, id, endpoint, channel) join crisis.deliveries d on d.id = u.failed
         order by d.position
        on conflict (id) do nothing
        """;

    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = wakeUps.Next(DeliveryRows.Signal);
            try
            {
                while (await PassOn(stoppingToken) == Most)
                {
                }
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

            await Task.WhenAny(woken, Task.Delay(_poll, stoppingToken));
        }
    }

    /// <returns>How many were seen to.</returns>
    private async Task<int> PassOn(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var stranded = await Read(connection, cancellation);
        if (stranded.Count == 0)
        {
            return 0;
        }

        var (book, now) = (await books.Now(cancellation), clock.GetUtcNow());
        var next = stranded.Select(s => (Failed: s, Reach: After(s, book, now))).Where(n => n.Reach is not null).ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Append(
            Pass, next.Select(n => n.Failed.Id).ToArray(), next.Select(n => DeliveryRows.IdOf(n.Failed.Id, n.Failed.Kind, n.Failed.Recipient, n.Reach!.Endpoint)).ToArray(),
            next.Select(n => n.Reach!.Endpoint).ToArray(), next.Select(n => n.Reach!.Channel.ToString()).ToArray(), now);
        batch.Append("update crisis.deliveries set passed_on = true where id = any ($1)", (object)stranded.Select(s => s.Id).ToArray());
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        wakeUps.Committed([DeliveryRows.Signal]);
        return stranded.Count;
    }

    private static async Task<List<StrandedMessage>> Read(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Stranded, connection) { Parameters = { new() { Value = Most } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<StrandedMessage> stranded = [];
        while (await reader.ReadAsync(cancellation))
        {
            stranded.Add(new StrandedMessage(
                reader.GetString(0), Enum.Parse<DeliveryKind>(reader.GetString(1)), reader.GetString(2), Enum.Parse<Channel>(reader.GetString(3)), reader.IsDBNull(4) ? null : reader.GetString(4)));
        }

        return stranded;
    }

    /// <summary>Null when there is no other way, or nobody wants it any more.</summary>
    private static Reach? After(StrandedMessage message, Book book, DateTimeOffset now)
    {
        if (!book.ByKey.TryGetValue(message.Recipient, out var booked))
        {
            return null;
        }

        var subscription = book.Subscriptions.FirstOrDefault(s => s.Subscription.Key == message.Subscription)?.Subscription;
        if (message.Subscription is not null && subscription?.TellsAt(now) != true)
        {
            return null;
        }

        var named = subscription?.Channels ?? Candidate.Written;
        var reach = Reach.Of(booked.Contact, named.Skip(named.IndexOf(message.Channel) + 1).Where(c => c != message.Channel));
        return reach.Channel != Channel.Inbox || booked.Contact.Kind == ContactKind.Person ? reach : null; // nobody reads the inbox of a team
    }

    private sealed record StrandedMessage(string Id, DeliveryKind Kind, string Recipient, Channel Channel, string? Subscription);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What did not come by one channel goes by the next one later: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "What did not come by one channel could not be passed to the next one; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
