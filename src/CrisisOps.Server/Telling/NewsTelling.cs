using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>Tells a piece of news: what was planned is written, and the senders do the rest. Heard twice, it is told once.</summary>
public sealed class NewsTelling(
    NpgsqlDataSource database, SubscriptionBook books, NewsCandidates candidates, NewsPlan plan, StreamLoader loader, StreamKinds kinds, ToldBefore told, DeliveryRows rows, DigestRows digests,
    WakeUps wakeUps, TimeProvider clock)
{
    public async Task Tell(Guid id, string stream, object @event, Stamp stamp, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (News.Of(@event) is not { } news || !candidates.Any(stream, news, await books.Now(cancellation), now)
            || await NewsEntry.Read(database, id.ToString(), stream, stamp.Version, news, cancellation) is not { } entry)
        {
            return;
        }

        // First: what is taken after this is not what is overtaken, so whoever may have it is known.
        if (news.Ends || news.Corrects is not null)
        {
            await digests.Written(stream, cancellation);
            await told.Withdraw(entry, now, cancellation);
        }

        var context = NewsContext.Of(kinds.Of(stream), (await loader.Load([stream], cancellation))[stream].State, now);
        var planned = await plan.Plan(@event, entry, context, await digests.Held(stream, cancellation), cancellation);
        if (planned.Deliveries.Count + planned.Digests.Count > 0)
        {
            await Write(entry, planned, cancellation);
        }
    }

    private async Task Write(NewsEntry entry, NewsPlanned planned, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var told = await digests.Told(connection, transaction, entry, cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        DigestRows.Add(batch, entry.Stream, [.. planned.Digests.Where(d => !told.Contains(d.Recipient))]);
        rows.Add(batch, [.. planned.Deliveries.Where(d => !told.Contains(d.Recipient))]);
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        wakeUps.Committed([DeliveryRows.Signal]);
    }
}
