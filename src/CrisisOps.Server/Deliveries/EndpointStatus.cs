using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>How one endpoint does. Instants are UTC.</summary>
/// <param name="OldestWaiting">When the message that waits longest was planned.</param>
/// <param name="DeadLetters">Given up, and not sent again yet.</param>
/// <param name="LeftAloneUntil">Nothing goes there before then; null when it is not left alone.</param>
public sealed record EndpointStatus(
    string Endpoint, long Waiting, DateTimeOffset? OldestWaiting, DateTimeOffset? LastDelivered, long DeadLetters, int FailuresInARow, DateTimeOffset? LeftAloneUntil)
{
    /// <summary>Of the endpoints of a recipient that were ever used, by their ids.</summary>
    public static async Task<IReadOnlyList<EndpointStatus>> Of(string recipient, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select d.endpoint, count(*) filter (where d.state = 'Queued'), min(d.created_at) filter (where d.state = 'Queued'), max(d.settled_at) filter (where d.state in ('Delivered', 'Acknowledged')),
                   count(*) filter (where d.state = 'Exhausted'), max(h.failures), max(h.closed_until)
              from crisis.deliveries d left join crisis.endpoint_health h on h.target = d.target where d.recipient = $1 and d.endpoint <> '' group by d.endpoint order by d.endpoint
            """,
            recipient);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<EndpointStatus> all = [];
        while (await reader.ReadAsync(cancellation))
        {
            DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
            all.Add(new EndpointStatus(reader.GetString(0), reader.GetInt64(1), At(2), At(3), reader.GetInt64(4), reader.IsDBNull(5) ? 0 : reader.GetInt32(5), At(6)));
        }

        return all;
    }
}
