using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// <c>GET /v1/escalations/{key}/duplicates</c>: visible cases with the same external reference or the same content, each saying why, now or as of
/// an instant. Both are what the raise said once and for all, so that who is one of them follows from the rows of now.
/// </summary>
public sealed class Duplicates : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/escalations/{key}/duplicates", Get);

    private static async Task<IResult> Get(string key, HttpContext http, StreamKinds kinds, NpgsqlDataSource database, PastStates pasts, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.ClockName, "limit");
        var (past, limit) = (Past.Of(query), query.Limit);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (kinds.Find(key) is not EscalationStream || await Rows(key, past, past?.At(clock), limit, Callers.Of(http), database, cancellation) is not { } rows)
        {
            return Problem.NotFound;
        }

        var page = new JsonPage();
        foreach (var row in past is null ? rows : await Then(rows, past, limit, pasts, cancellation))
        {
            var why = System.Text.Json.JsonSerializer.Serialize(new { sameExternalRef = row.SameReference, sameContent = row.SameContent }, Json.Stored);
            page.Add($"{row.Card.AsSpan(0, row.Card.Length - 1)},\"why\":{why}}}");
        }

        return page;
    }

    /// <summary>The rows of now; as of an instant all those of cases that were there then. Null when the case itself is not there.</summary>
    private static async Task<List<Row>?> Rows(string key, Past? past, DateTimeOffset? at, int limit, Caller caller, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var (exists, arguments) = (new SqlArguments(), new SqlArguments());
        var sight = Sight.Sql("e", caller, arguments);
        var own = arguments.Add(key);
        string Began(SqlArguments to) => past?.Began("e.key", "e.raised_at", to) ?? "true";
        var moved = at is { } then ? $"exists (select 1 from crisis.mt_streams s where s.id = e.key and s.timestamp > {arguments.Add(then)})" : "false";
        await using var batch = database.CreateBatch();
        batch.Append($"select 1 from crisis.escalations e where {Sight.Sql("e", caller, exists).Visible} and e.key = {exists.Add(key)} and {Began(exists)}", exists.Values);
        batch.Append(
            $"""
            select e.card, e.external_ref = me.external_ref, array(select unnest(e.content_ids) intersect select unnest(me.content_ids)), e.key, e.open, e.raised_at, {moved}
              from crisis.escalations me join crisis.escalations e on e.key <> me.key and (e.external_ref = me.external_ref or e.content_ids && me.content_ids)
             where me.key = {own} and {sight.Visible} and {sight.Inside} and {Began(arguments)}
             order by e.open desc, e.raised_at desc, e.key {(past is null ? $"limit {limit}" : "")}
            """,
            arguments.Values);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }

        await reader.NextResultAsync(cancellation);
        List<Row> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new Row(
                reader.GetString(3), reader.GetString(0), !reader.IsDBNull(1) && reader.GetBoolean(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetBoolean(6)));
        }

        return rows;
    }

    private static async Task<IEnumerable<Row>> Then(List<Row> rows, Past past, int limit, PastStates pasts, CancellationToken cancellation)
    {
        var then = await pasts.Load([.. rows.Where(r => r.Moved).Select(r => r.Key)], past, cancellation);
        return rows.Select(r => then.TryGetValue(r.Key, out var held) ? r with { Card = EscalationCard.Write((Escalation)held.State), Open = ((Escalation)held.State).Open } : r)
            .OrderByDescending(r => r.Open).ThenByDescending(r => r.RaisedAt).ThenBy(r => r.Key, StringComparer.Ordinal).Take(limit);
    }

    /// <param name="Moved">Since the instant of which the list is.</param>
    private sealed record Row(string Key, string Card, bool SameReference, string[] SameContent, bool Open, DateTimeOffset RaisedAt, bool Moved);
}
