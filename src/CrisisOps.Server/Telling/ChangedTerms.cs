using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>
/// What waits under a subscription whose terms were changed waits for an hour that nobody may want any more: it is looked at now, and goes out unless its
/// subscriber sleeps by the new terms.
/// </summary>
public sealed class ChangedTermsHandler
{
    public static async Task Handle(Happened<SubscriptionChanged, ChangedTermsHandler> changed, NpgsqlDataSource database, WakeUps wakeUps, CancellationToken cancellation)
    {
        await using var command = database.Statement("update crisis.digests set due_at = least(due_at, $2) where subscription = $1 and held", changed.Stream, changed.Stamp.RecordedAt);
        await command.ExecuteNonQueryAsync(cancellation);
        wakeUps.Committed([DeliveryRows.Signal]);
    }
}
