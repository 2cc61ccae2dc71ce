using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// The rows as the senders of all nodes share them. What is due follows the server's clock; a lease follows the database's own, because it
/// says how long a node may be silent.
/// </summary>
public sealed class DeliveryLeases(NpgsqlDataSource database, DeliverySettings settings)
{
    // A phone is rung by a person. What is to be in order waits for what went before it, whatever became of that.
    private static string Due(string queued) => $"""
        {queued} and w.channel <> 'Phone' and w.next_at <= $1 and (w.leased_until is null or w.leased_until < clock_timestamp()) and w.target <> all ($3)
        and (not w.ordered or not exists (
            select 1 from crisis.deliveries o where o.target = w.target and o.incident = w.incident and o.state || '' = 'Queued' and o.position < w.position and (o.attempts > 0 or o.next_at <= w.next_at)))
        """;

    // Whoever does well has no row of health.
    private static readonly string _well = $"""
        select w.id from crisis.deliveries w
         where {Due("w.state = 'Queued'")} and (select h.target from crisis.endpoint_health h where h.target = w.target) is null order by w.next_at, w.position limit $4 for update of w skip locked
        """;

    // From the few endpoints to what waits for them: the other way round, a long queue of the others would be read at every look for one of
    // these, 39 ms for 50,000 rows. The limit inside keeps it so, and is also what one endpoint may have on its way. The state
    // is compared as an expression, which only the index by endpoint knows: else the queue of all is read in its order, for each of these endpoints.
    private static readonly string _troubled = $"""
        select t.id from crisis.endpoint_health h cross join lateral (
            select w.id, w.next_at, w.position from crisis.deliveries w
             where w.target = h.target and {Due("w.state || '' = 'Queued'")} order by w.next_at, w.position limit $5 for update of w skip locked) t
         where h.closed_until is null or h.closed_until <= $1 order by t.next_at, t.position limit $4
        """;

    private static string Take(string those) => $"""
        update crisis.deliveries d set leased_until = clock_timestamp() + $2 from ({those}) u where d.id = u.id
        returning d.id, d.incident, d.recipient, d.endpoint, d.kind, d.tlp, d.audience, d.reason, d.target, d.channel, d.attempts, d.subject, d.content_type, d.body, d.body_hash, d.restarts, d.position, d.subscription, d.leased_until, d.in_reply_to
        """;

    private static readonly string _takeWell = Take(_well);
    private static readonly string _takeTroubled = Take(_troubled);

    /// <summary>Takes what is due, oldest first.</summary>
    /// <param name="troubled">Of endpoints that failed last time, or of the others.</param>
    /// <param name="busy">Endpoints that have enough on their way.</param>
    public async Task<IReadOnlyList<LeasedDelivery>> Take(DateTimeOffset now, bool troubled, string[] busy, int limit, CancellationToken cancellation)
    {
        await using var command = troubled
            ? database.Statement(_takeTroubled, now, settings.Lease, busy, limit, settings.AtOnceToOne)
            : database.Statement(_takeWell, now, settings.Lease, busy, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(long Position, LeasedDelivery Row)> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            var to = new Addressed(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), Enum.Parse<DeliveryKind>(reader.GetString(4)), (Tlp)reader.GetInt16(5),
                reader.IsDBNull(6) ? null : (Audience)reader.GetInt16(6), reader.IsDBNull(7) ? null : reader.GetString(7));
            rows.Add((reader.GetInt64(16), new LeasedDelivery(
                to, reader.GetString(8), Enum.Parse<Channel>(reader.GetString(9)), reader.GetInt32(10),
                new RenderedMessage(reader.GetString(11), reader.GetString(12), reader.GetFieldValue<byte[]>(13)), reader.GetString(14), reader.GetInt32(15))
            {
                Subscription = reader.IsDBNull(17) ? null : reader.GetString(17),
                LeasedUntil = reader.GetFieldValue<DateTimeOffset>(18),
                InReplyTo = reader.IsDBNull(19) ? null : reader.GetString(19),
            }));
        }

        return [.. rows.OrderBy(r => r.Position).Select(r => r.Row)];
    }

    /// <summary>Gives back what can not go out yet.</summary>
    public async Task Return(string[] ids, CancellationToken cancellation)
    {
        await using var command = database.Statement("update crisis.deliveries set leased_until = null where id = any ($1) and state || '' = 'Queued'", (object)ids);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>When the next one can go out, taken by somebody or not; null when none waits.</summary>
    public async Task<DateTimeOffset?> Next(CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select min(greatest(w.next_at, h.closed_until)) from (
                select w.target, w.next_at from crisis.deliveries w
                 where w.state = 'Queued' and w.channel <> 'Phone'
                   and (not w.ordered or not exists (
                       select 1 from crisis.deliveries o where o.target = w.target and o.incident = w.incident and o.state || '' = 'Queued' and o.position < w.position and (o.attempts > 0 or o.next_at <= w.next_at)))
                 order by w.next_at limit 200) w
              left join crisis.endpoint_health h on h.target = w.target
            """);
        return await command.ExecuteScalarAsync(cancellation) is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }
}
