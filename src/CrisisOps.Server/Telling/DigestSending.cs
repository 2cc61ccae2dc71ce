using System.Globalization;
using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Subscriptions;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>
/// Writes digests when they are due: what a recipient may read of an incident now, since they were told last. So what was corrected meanwhile comes
/// corrected, and what was taken back does not come.
/// </summary>
public sealed partial class DigestSending(
    NpgsqlDataSource database, DigestRows digests, SubscriptionBook books, NewsCandidates candidates, StreamLoader loader, StreamKinds kinds, Templates templates, SignedLinks links, DeliveryRows rows, WakeUps wakeUps,
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
        var book = await books.Now(cancellation);
        var states = await loader.Load([.. due.Select(d => d.Incident).Distinct(StringComparer.Ordinal)], cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        List<PlannedDelivery> written = [];
        foreach (var digest in due)
        {
            var context = NewsContext.Of(kinds.Of(digest.Incident), states[digest.Incident].State, now);
            var (entries, upto) = await NewsEntry.Since(connection, digest.Incident, digest.Upto, _told, cancellation);
            if (await Digest(digest, [.. await NotTold(connection, digest, entries, cancellation)], context, book, cancellation) is { } message)
            {
                written.Add(message);
            }

            batch.Append(
                "update crisis.digests set upto = $3, held = false, due_at = case when $4 then $5 + every end where recipient = $1 and incident = $2",
                digest.Recipient, digest.Incident, upto, context.Live, now);
        }

        if (due.Count > 0)
        {
            rows.Add(batch, written);
            await batch.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            wakeUps.Committed([DeliveryRows.Signal]);
        }

        return due.Count;
    }

    private static async Task<List<DueDigest>> Due(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select recipient, incident, audience, subscription, upto, held, due_at from crisis.digests where due_at <= $1 order by due_at limit {Most} for update skip locked", connection)
        {
            Parameters = { new() { Value = now } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DueDigest> due = [];
        while (await reader.ReadAsync(cancellation))
        {
            due.Add(new DueDigest(reader.GetString(0), reader.GetString(1), (Audience)reader.GetInt16(2), reader.GetString(3), reader.GetInt64(4), reader.GetBoolean(5), reader.GetFieldValue<DateTimeOffset>(6)));
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

    /// <summary>Null when there is nothing to tell, or nobody to tell it to any more.</summary>
    private async Task<PlannedDelivery?> Digest(DueDigest digest, NewsEntry[] entries, NewsContext context, Book book, CancellationToken cancellation)
    {
        var booked = book.Subscriptions.FirstOrDefault(s => s.Subscription.Key == digest.Subscription);
        if (context.Exercise || (digest.Subscription.Length > 0 && booked?.Subscription.TellsAt(clock.GetUtcNow()) != true))
        {
            return null;
        }

        var candidate = booked is not null ? Candidate.Of(booked) : Candidate.OnDuty(book.ByKey.GetValueOrDefault(digest.Recipient)?.Contact.Ref ?? digest.Recipient, book, "on duty", digest.Audience, []);
        // Who is off duty, or has lost sight of it, hears no more of it, not even that there is nothing new.
        if (candidate.Reach is not { } reach || (booked is null && !Concerned(candidate, context, book)))
        {
            return null;
        }

        var readable = entries.Select(e => (Entry: e, Read: NewsReading.Of(candidate, e, context))).Where(r => r.Read.Words is not null).ToArray();
        if (readable.Length == 0 && (digest.Held || !context.Live))
        {
            return null;
        }

        var tlp = readable.Length == 0 ? Tlp.CLEAR : readable.Max(r => r.Read.Audience == Audience.Public ? Tlp.CLEAR : r.Entry.Tlp);
        var (message, template) = await Message(digest, readable.Select(r => (r.Entry, r.Read.Words!)).ToArray(), tlp, context, reach, cancellation);
        var id = DeliveryRows.IdOf(string.Create(CultureInfo.InvariantCulture, $"digest|{digest.Incident}|{digest.DueAt:O}"), DeliveryKind.Digest, digest.Recipient, reach.Endpoint);
        return new PlannedDelivery(
            id, digest.Incident, DeliveryKind.Digest, "digest", reach.Recipient, reach.Endpoint, reach.Channel, tlp, reach.Ordered, message ?? RenderedMessage.None, message is null ? "template-variable" : null)
        {
            Audience = readable.Length == 0 ? null : readable[0].Read.Audience,
            Template = template,
            Subscription = booked?.Subscription.Key,
            Covers = [.. readable.Select(r => r.Entry.Version.ToString(CultureInfo.InvariantCulture))],
        };
    }

    private bool Concerned(Candidate candidate, NewsContext context, Book book) =>
        context.State is Crisis crisis && candidates.OfCrisis(crisis, book, clock.GetUtcNow()).Any(c => c.Recipient == candidate.Recipient)
        && candidate.Contact?.Caller is { } caller && Sight.AudienceOf(context.Sight, caller) is not null;

    private async Task<(RenderedMessage?, string)> Message(
        DueDigest digest, (NewsEntry Entry, EntryWords Words)[] readable, Tlp tlp, NewsContext context, Reach reach, CancellationToken cancellation)
    {
        var values = TemplateVariables.Unset(DeliveryKind.Digest);
        var items = new StringBuilder();
        foreach (var (entry, words) in readable)
        {
            items.Append(CultureInfo.InvariantCulture, $"{reach.Time(entry.OccurredAt)}: {words.All}\n\n");
        }

        var text = digest.Audience == Audience.Public ? items.ToString() : Reach.WithoutLinks(items.ToString());
        values["incident"] = digest.Audience == Audience.Public ? null : digest.Incident;
        values["headline"] = readable.Length == 0 ? null : text.Split('\n')[0];
        values["body"] = readable.Length == 0 ? null : string.Join('\n', text.TrimEnd().Split('\n')[1..]);
        values["quiet"] = readable.Length == 0 ? "true" : null;
        values["tlp"] = TlpNames.Of(tlp);
        values["unsubscribe"] = digest.Subscription.Length > 0 ? links.To(SubscriptionLinks.Unsubscribe, digest.Subscription) : null;
        NewsMessages.Next(values, !context.Live, (context.State as Crisis)?.NextSitRepDue, reach);
        var (message, template) = await templates.Render(DeliveryKind.Digest, readable.Length == 0 ? null : digest.Audience, reach, values, cancellation);
        return (message is null ? null : message with { Told = readable.Length == 0 ? "nothing new" : items.ToString().TrimEnd() }, template);
    }

    private sealed record DueDigest(string Recipient, string Incident, Audience Audience, string Subscription, long Upto, bool Held, DateTimeOffset DueAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Digests wait: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Digests stopped; they go on in a second")]
    private static partial void LogStopped(ILogger logger, Exception exception);
}
