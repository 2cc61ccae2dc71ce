using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;
using Wolverine;

namespace CrisisOps.Server.Subscriptions;

/// <summary>Who has left for good is told nothing any more: their subscriptions end with them.</summary>
public sealed class EndSubscriptionsHandler
{
    public static async Task Handle(Happened<PartnerOffboarded, EndSubscriptionsHandler> left, NpgsqlDataSource database, IMessageBus bus, CancellationToken cancellation)
    {
        foreach (var key in await Open(left.Stream, database, cancellation))
        {
            await left.Give(bus, key, new RemoveSubscription("its subscriber has left"), cancellation);
        }
    }

    public static async Task Handle(Happened<ContactRemoved, EndSubscriptionsHandler> left, NpgsqlDataSource database, IMessageBus bus, CancellationToken cancellation)
    {
        foreach (var key in await Open(left.Stream, database, cancellation))
        {
            await left.Give(bus, key, new RemoveSubscription("its subscriber has left"), cancellation);
        }
    }

    private static async Task<List<string>> Open(string subscriber, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select stream from crisis.claims where kind = $1 and id = any ($2) order by stream", SubscriptionSlots.Fact, SubscriptionSlots.Of(subscriber).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
