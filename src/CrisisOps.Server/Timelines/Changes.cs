using System.Text.Json;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// <c>GET /v1/changes?after=</c>: what changed in all the caller may see since it last looked, folded per stream, in commit order.
/// What it could see then and may not see now comes as "no longer visible", without text. Without a cursor: the cursor of now.
/// </summary>
public sealed class Changes(NpgsqlDataSource database, StoreEpoch epoch) : IRoutes
{
    private const string Mark = "changes";

    /// <summary>Rows read for one answer; more than this comes with the next one.</summary>
    private const int Window = 5000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/changes", (HttpContext http, Changes changes) => changes.Get(http));

    private async Task<IResult> Get(HttpContext http)
    {
        var query = new Queries(http, "after");
        var cursor = query.Text("after");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (cursor is null)
        {
            await using var now = database.Statement("select crisis.horizon()::text");
            return Page([], (string)(await now.ExecuteScalarAsync(http.RequestAborted))!, more: false);
        }

        if (Cursors.Read(Mark, cursor, 2) is not [var of, var after] || !ulong.TryParse(after, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            return Problem.Validation("after", "is no cursor of the changes");
        }

        return of == epoch.Current ? await Since(after, http) : Problem.Gone;
    }

    private async Task<IResult> Since(string after, HttpContext http)
    {
        var caller = Callers.Of(http);
        await using var window = database.Statement(
            """
            select h.xid::text, (select x.xid::text from (select xid from crisis.timeline where xid >= $1::xid8 and xid < h.xid order by xid offset $2 limit 1) x)
              from (select crisis.horizon() as xid) h
            """,
            after, Window);
        string upTo;
        bool more;
        await using (var reader = await window.ExecuteReaderAsync(http.RequestAborted))
        {
            await reader.ReadAsync(http.RequestAborted);
            more = !await reader.IsDBNullAsync(1, http.RequestAborted);
            // A window never ends inside a transaction, and one transaction never fills it.
            upTo = more ? reader.GetString(1) : reader.GetString(0);
        }

        var arguments = new SqlArguments();
        var (from, to) = (arguments.Add(after), arguments.Add(upTo));
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var before = Sight.Sql("s", SightRows.Before, caller, arguments);
        await using var command = database.Statement(
            $"""
            select t.stream, count(*), max(t.version), (array_agg({TimelineSql.Text} order by t.version desc))[1], false
              from crisis.timeline t join crisis.sights e on e.key = t.stream
              cross join lateral (select {sight.Audience} as audience, {sight.Limit} as top, {sight.Named} as named, {sight.Open} as open offset 0) r
             where t.xid >= {from}::xid8 and t.xid < {to}::xid8 and {sight.Visible} and {TimelineSql.Readable} and {TimelineSql.Text} is not null
             group by t.stream
            union all
            select distinct s.stream, 0::bigint, 0::bigint, null, true
              from crisis.sight_changes s join crisis.sights e on e.key = s.stream
             where s.xid >= {from}::xid8 and s.xid < {to}::xid8 and {before.Visible} and not coalesce({sight.Visible}, false)
             order by 1
            """,
            arguments.Values);
        await using var rows = await command.ExecuteReaderAsync(http.RequestAborted);
        List<string> items = [];
        while (await rows.ReadAsync(http.RequestAborted))
        {
            var stream = JsonSerializer.Serialize(rows.GetString(0));
            items.Add(rows.GetBoolean(4)
                ? $"{{\"stream\":{stream},\"noLongerVisible\":true}}"
                : $"{{\"stream\":{stream},\"entries\":{rows.GetInt64(1)},\"newest\":{rows.GetString(3)}}}");
        }

        return Page(items, upTo, more);
    }

    private JsonPage Page(IEnumerable<string> items, string upTo, bool more)
    {
        var page = new JsonPage();
        foreach (var item in items)
        {
            page.Add(item);
        }

        page.With("cursor", $"\"{Cursors.Write(Mark, epoch.Current, upTo)}\"");
        page.With("more", more ? "true" : "false");
        return page;
    }
}
