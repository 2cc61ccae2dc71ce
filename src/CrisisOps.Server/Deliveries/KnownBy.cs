using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// <c>GET /v1/knowledge/of/{entry}</c>: who knew what an entry of a timeline says, since when and from what: who wrote it, to whom a message
/// that says it had arrived, who had opened it if it is RED, and that it was published. In the order in which they came to know.
/// </summary>
public sealed class KnownBy : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/knowledge/of/{entry}", Get);

    private static async Task<IResult> Get(string entry, HttpContext http, NpgsqlDataSource database, StreamKinds kinds, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "asOf");
        var asOf = query.Instant("asOf") ?? clock.GetUtcNow();
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (entry.LastIndexOf('@') is not (> 0 and var at) || kinds.Find(entry[..at]) is null || !long.TryParse(entry.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return Problem.NotFound;
        }

        var arguments = new SqlArguments();
        await using var command = database.Statement(Sql(Callers.Of(http), arguments.Add(entry[..at]), arguments.Add(version), arguments.Add(asOf), arguments), arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new JsonPage();
        while (await reader.ReadAsync(cancellation))
        {
            page.Add(Item(reader));
        }

        // Whoever wrote it knew it from the first instant on: there is always one, if there is the entry.
        return page.Count > 0 ? page : Problem.NotFound;
    }

    private static string Sql(Caller caller, string stream, string version, string asOf, SqlArguments arguments)
    {
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var (from, seen) = ListDeliveries.Seen(caller, arguments);
        return $"""
            with t as materialized (
                select t.version, t.recorded_at,
                       -- who reports is known to Core alone
                       case when {sight.Audience} = {(int)Audience.Core} or not exists (
                           select 1 from crisis.mt_events w where w.stream_id = t.stream and w.version = t.version and w.headers ->> 'actorType' in ('{nameof(ActorType.Partner)}', '{nameof(ActorType.Integration)}')) then t.author end as author,
                       t.tlp, t.public, t.stream from crisis.timeline t join crisis.sights e on e.key = t.stream
                 where t.stream = {stream} and t.version = {version} and t.recorded_at <= {asOf}
                   and {sight.Visible} and {sight.Audience} <= {(int)Audience.CrossFunctional} and (t.tlp <= {sight.Limit} or {sight.Open}) and (t.tlp < {(int)Tlp.RED} or {sight.Named})
                   and ({sight.Audience} = 0 or t.cross_functional is not null)),
            -- a message names what it holds by version; one about an alert or an update by its id
            said as materialized (
                select {version}::text as id union select v.value from t join crisis.mt_events m on m.stream_id = t.stream and m.version = t.version
                 cross join lateral jsonb_each_text(m.data) v where v.key in ('alertId', 'updateId'))
            select k.how, k.who, k.since, k.audience, k.channel, k.delivery, k.acknowledged_at, k.acknowledged_by from (
                select 'Wrote' as how, t.author as who, t.recorded_at as since, null::smallint as audience, null as channel, null as delivery, null::timestamptz as acknowledged_at, null as acknowledged_by from t
                union all
                select 'Published', null, t.recorded_at, {(int)Audience.Public}::smallint, null, null, null, null from t where t.public is not null
                union all
                select 'Told', d.recipient, a.at, d.audience, d.channel, d.id, case when d.acknowledged_at <= {asOf} then d.acknowledged_at end, case when d.acknowledged_at <= {asOf} then d.acknowledged_by end
                  from t, {from} cross join lateral (select min(at) as at from crisis.delivery_attempts where delivery = d.id and result = 'Delivered') a
                 where d.incident = t.stream and (d.covers && array(select id from said) or d.about in (select id from said)) and a.at <= {asOf} and {seen}
                union all
                select 'Read', r.reader, min(r.at), null, null, null, null, null
                  from t join crisis.sights e on e.key = t.stream join crisis.reads r on r.stream = t.stream and t.version = any (r.entries)
                 where r.at <= {asOf} and {ReadLogRoutes.Seen(caller, arguments)} group by r.reader) k
             order by k.since, k.how, k.who, k.delivery
            """;
    }

    private static string Item(NpgsqlDataReader reader)
    {
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return JsonSerializer.Serialize(
            new
            {
                How = reader.GetString(0),
                Who = Text(1),
                Since = reader.GetFieldValue<DateTimeOffset>(2),
                Audience = reader.IsDBNull(3) ? null : ((Audience)reader.GetInt16(3)).ToString(),
                Channel = Text(4),
                Delivery = Text(5),
                AcknowledgedAt = reader.IsDBNull(6) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(6),
                AcknowledgedBy = Text(7),
            },
            Json.Stored);
    }
}
