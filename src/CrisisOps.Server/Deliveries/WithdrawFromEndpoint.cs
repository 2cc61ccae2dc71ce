using CrisisOps.Domain.Partners;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// What waits for an endpoint that was removed is not sent, however far off its next attempt was. What is on its way may arrive; if it does not, its
/// next attempt finds no endpoint.
/// </summary>
public sealed class WithdrawFromEndpointHandler
{
    public static async Task Handle(Happened<PartnerEndpointRemoved, WithdrawFromEndpointHandler> removed, NpgsqlDataSource database, WakeUps wakeUps, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            update crisis.deliveries set state = 'Suppressed', reason = 'no-endpoint', settled_at = $3, leased_until = null
             where recipient = $1 and endpoint = $2 and state = 'Queued' and (leased_until is null or leased_until < clock_timestamp())
            """,
            removed.Stream, removed.Event.EndpointId, removed.Stamp.RecordedAt);
        await command.ExecuteNonQueryAsync(cancellation);
        // Whoever records that an alert did not come to somebody looks again.
        wakeUps.Committed([DeliveryRows.Signal]);
    }
}
