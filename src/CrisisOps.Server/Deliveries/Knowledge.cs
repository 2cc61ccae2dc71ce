using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// <c>GET /v1/knowledge/{partner}</c>: everything that a partner had been told by an instant, in the order in which it arrived there. What was
/// sent and did not arrive is no knowledge; what was acknowledged later was not acknowledged yet.
/// </summary>
public sealed class Knowledge : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/knowledge/{partner}", Get);

    private static async Task<IResult> Get(string partner, HttpContext http, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "incident", "asOf");
        var (incident, asOf) = (query.Text("incident"), query.Instant("asOf") ?? clock.GetUtcNow());
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var arguments = new SqlArguments();
        var (from, seen) = ListDeliveries.Seen(Callers.Of(http), arguments);
        var (at, of) = (arguments.Add(asOf), incident is null ? "" : $"and d.incident = {arguments.Add(incident)}");
        await using var command = database.Statement(
            $"""
            select d.id, d.incident, d.kind, d.about, d.channel, d.tlp, d.told, a.at, case when d.acknowledged_at <= {at} then d.acknowledged_at end, d.acknowledged_by
              from {from}
              cross join lateral (select min(at) as at from crisis.delivery_attempts where delivery = d.id and result = 'Delivered') a
             where {seen} and d.recipient = {arguments.Add(partner)} {of} and d.kind in ('Alert', 'AlertUpdate', 'AlertCancel') and a.at <= {at}
             order by a.at, d.position limit {Queries.MostLimit}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new JsonPage();
        while (await reader.ReadAsync(cancellation))
        {
            DateTimeOffset? acknowledged = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8);
            page.Add(JsonSerializer.Serialize(
                new
                {
                    Delivery = reader.GetString(0),
                    Incident = reader.GetString(1),
                    Kind = reader.GetString(2),
                    About = reader.GetString(3),
                    Channel = reader.GetString(4),
                    Tlp = TlpNames.Of((Tlp)reader.GetInt16(5)),
                    Told = reader.GetString(6),
                    DeliveredAt = reader.GetFieldValue<DateTimeOffset>(7),
                    AcknowledgedAt = acknowledged,
                    AcknowledgedBy = acknowledged is null || reader.IsDBNull(9) ? null : reader.GetString(9),
                },
                Json.Stored));
        }

        return page;
    }
}
