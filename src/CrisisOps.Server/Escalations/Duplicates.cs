using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary><c>GET /v1/escalations/{key}/duplicates</c>: visible cases with the same external reference or the same content, each saying why.</summary>
public sealed class Duplicates : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/escalations/{key}/duplicates", Get);

    private static async Task<IResult> Get(string key, HttpContext http, StreamKinds kinds, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, "limit");
        var limit = query.Limit;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (kinds.Find(key) is not EscalationStream)
        {
            return Problem.NotFound;
        }

        var caller = Callers.Of(http);
        var exists = new SqlArguments();
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var own = arguments.Add(key);
        await using var batch = database.CreateBatch();
        batch.Append($"select 1 from crisis.escalations e where {Sight.Sql("e", caller, exists).Visible} and e.key = {exists.Add(key)}", exists.Values);
        batch.Append(
            $"""
            select e.card, e.external_ref = me.external_ref, array(select unnest(e.content_ids) intersect select unnest(me.content_ids))
              from crisis.escalations me join crisis.escalations e on e.key <> me.key and (e.external_ref = me.external_ref or e.content_ids && me.content_ids)
             where me.key = {own} and {sight.Visible} and {sight.Inside}
             order by e.open desc, e.raised_at desc limit {limit}
            """,
            arguments.Values);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return Problem.NotFound;
        }

        await reader.NextResultAsync(cancellation);
        var page = new JsonPage();
        while (await reader.ReadAsync(cancellation))
        {
            var card = reader.GetString(0);
            var sameReference = !reader.IsDBNull(1) && reader.GetBoolean(1);
            var content = reader.GetFieldValue<string[]>(2);
            var why = System.Text.Json.JsonSerializer.Serialize(new { sameExternalRef = sameReference, sameContent = content }, Json.Stored);
            page.Add($"{card.AsSpan(0, card.Length - 1)},\"why\":{why}}}");
        }

        return page;
    }
}
