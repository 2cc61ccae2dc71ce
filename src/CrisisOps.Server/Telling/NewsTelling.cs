using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>Tells a piece of news: what was planned is written, and the senders do the rest. Heard twice, it is told once.</summary>
public sealed class NewsTelling(
    NpgsqlDataSource database, SubscriptionBook books, NewsCandidates candidates, NewsPlan plan, StreamLoader loader, StreamKinds kinds, ToldBefore told, DeliveryRows rows, DigestRows digests,
    TimeProvider clock)
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
            await told.Withdraw(entry, now, cancellation);
        }

        var context = NewsContext.Of(kinds.Of(stream), (await loader.Load([stream], cancellation))[stream].State, now);
        var planned = await plan.Plan(@event, entry, context, await digests.Held(stream, cancellation), cancellation);
        await digests.Add(stream, planned.Digests, cancellation);
        await rows.Add(planned.Deliveries, cancellation);
    }
}
