using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>
/// <c>GET /v1/deadlines</c>: what is due next and what is overdue, in due order, of everything this caller may see: cases, crises, elections, sources and whatever else has clocks. A deadline
/// stands here while its state asks for it: an overdue one until it is settled or the case ends. As of an instant: what stood here then.
/// </summary>
public sealed class ListDeadlines(NpgsqlDataSource database, DeadlineCommands commands, PastDeadlines pasts, TimeProvider clock) : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/deadlines", (HttpContext http, ListDeadlines list) => list.Get(http));

    private async Task<IResult> Get(HttpContext http)
    {
        var query = new Queries(http, "overdue", "owner", "stream", "kind", Past.AsOfName, Past.ClockName, "cursor", "limit");
        var filter = DeadlineFilter.Of(query, commands);
        var (past, limit, cursor) = (Past.Of(query), query.Limit, query.Text("cursor"));
        var mark = Past.Mark("deadlines", past);
        var after = cursor is null ? null : DeadlineItem.Place(mark, cursor);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (cursor is not null && after is null)
        {
            return Problem.Validation("cursor", "is no cursor of this list");
        }

        var (caller, now) = (Callers.Of(http), past?.At(clock) ?? clock.GetUtcNow());
        var items = await Standing(filter, past is null ? null : now, now, after, limit, caller, http.RequestAborted);
        if (past is not null)
        {
            items.AddRange(await pasts.Moved(filter, past, now, after, limit, caller, http.RequestAborted));
            items.Sort(DeadlineItem.InOrder);
        }

        return Page(items, mark, limit, now);
    }

    /// <summary>Those that stand now, in order.</summary>
    /// <param name="unmoved">Only of streams that have not moved since: those stood there then.</param>
    private async Task<List<DeadlineItem>> Standing(
        DeadlineFilter filter, DateTimeOffset? unmoved, DateTimeOffset now, DeadlineItem? after, int limit, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        // Timers are no part of what executives and partners read of a case.
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        List<string> where = ["d.state in ('Open', 'Missed')", sight.Visible, $"{sight.Audience} <= {(int)Audience.CrossFunctional}", .. filter.Sql(sight, now, arguments)];
        if (after is not null)
        {
            object[] place = [after.DueAt, after.Stream, after.Kind, after.Ref, after.Generation];
            where.Add($"(d.due_at, d.stream, d.kind, d.ref, d.generation) > ({string.Join(", ", place.Select(arguments.Add))})");
        }

        if (unmoved is { } since)
        {
            where.Add($"exists (select 1 from crisis.mt_streams s where s.id = d.stream and s.timestamp <= {arguments.Add(since)})");
        }

        await using var command = database.Statement(
            $"""
            select {DeadlineItem.Columns} from crisis.deadlines d join crisis.sights e on e.key = d.stream
             where {string.Join(" and ", where)} order by d.due_at, d.stream, d.kind, d.ref, d.generation limit {limit + 1}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DeadlineItem> items = [];
        while (await reader.ReadAsync(cancellation))
        {
            items.Add(DeadlineItem.Read(reader));
        }

        return items;
    }

    private static JsonPage Page(List<DeadlineItem> items, string mark, int limit, DateTimeOffset now)
    {
        var page = new JsonPage();
        foreach (var item in items.Take(limit))
        {
            page.Add(item.Json(now));
        }

        page.Next = items.Count > limit ? items[limit - 1].Cursor(mark) : null;
        return page;
    }
}
