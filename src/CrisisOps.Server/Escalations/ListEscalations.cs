using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary><c>GET /v1/escalations</c>: the newest first, with filters and keyset paging, as they are or as they were.</summary>
public sealed class ListEscalations(NpgsqlDataSource database, PastPages pasts, TimeProvider clock) : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/escalations", (HttpContext http, ListEscalations list) => list.Get(http));

    private async Task<IResult> Get(HttpContext http)
    {
        var query = new Queries(http, [.. EscalationFilter.Parameters, Past.AsOfName, Past.ClockName, "cursor", "limit"]);
        var caller = Callers.Of(http);
        var filter = new EscalationFilter(query, caller);
        var (past, limit) = (Past.Of(query), query.Limit);
        var mark = Past.Mark("list", past);
        var after = ListPlace.Of(query, mark);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        // A partner reads receipts: a filter on what a receipt does not show would answer what it must not know.
        if (caller.Is(Role.Partner) && http.Request.Query.Keys.Any(EscalationFilter.Parameters.Contains))
        {
            return Problem.Validation("filter", "A partner lists its own reports without filters.");
        }

        return past is null
            ? await Now(filter, after, limit, mark, caller, http.RequestAborted)
            : await pasts.Read(
                new PastListing(
                    mark, past, limit, after, (place, count) => Then(filter, past, place, count, caller), then => filter.Fits((Escalation)then),
                    (then, audience, _) => audience == Audience.Partner ? EscalationCard.WriteForPartner((Escalation)then) : EscalationCard.Write((Escalation)then), null, (_, _, _) => []),
                http.RequestAborted);
    }

    private async Task<JsonPage> Now(EscalationFilter filter, ListPlace? after, int limit, string mark, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        List<string> where = [.. Seen(filter, sight), .. filter.Lasting(arguments), .. filter.Changing(arguments), .. After(after, arguments)];
        await using var command = database.Statement(
            $"""
            select case when {sight.Inside} then e.card else e.partner_card end
              from crisis.escalations e where {string.Join(" and ", where)} order by e.raised_at desc, e.key desc limit {limit + 1}
            """,
            arguments.Values);
        return await Page(command, mark, limit, cancellation);
    }

    private NpgsqlCommand Then(EscalationFilter filter, Past past, ListPlace? after, int count, Caller caller)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var moved = $"s.timestamp > {arguments.Add(past.At(clock))}";
        List<string> where =
        [
            .. Seen(filter, sight), past.Began("e.key", "e.raised_at", arguments), .. filter.Lasting(arguments), .. After(after, arguments),
            // What has not moved since is as it was then.
            $"({moved} or {string.Join(" and ", filter.Changing(arguments).Prepend("true"))})",
        ];
        return database.Statement(
            $"""
            select e.key, e.raised_at, {sight.Audience}, {moved}, case when {sight.Inside} then e.card else e.partner_card end
              from crisis.escalations e join crisis.mt_streams s on s.id = e.key
             where {string.Join(" and ", where)} order by e.raised_at desc, e.key desc limit {count}
            """,
            arguments.Values);
    }

    /// <summary>What is read as a receipt is not found by what the receipt does not show.</summary>
    private static string[] Seen(EscalationFilter filter, SightSql sight) => filter.Any ? [sight.Visible, sight.Inside] : [sight.Visible];

    private static string[] After(ListPlace? after, SqlArguments arguments) =>
        after is null ? [] : [$"(e.raised_at, e.key) < ({arguments.Add(after.OpenedAt)}, {arguments.Add(after.Key)})"];

    private static async Task<JsonPage> Page(NpgsqlCommand command, string mark, int limit, CancellationToken cancellation)
    {
        var page = new JsonPage();
        var last = Array.Empty<byte>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Place(last).Cursor(mark);
                break;
            }

            last = reader.GetFieldValue<byte[]>(0);
            page.Add(last);
        }

        return page;
    }

    /// <summary>The place of a card in the order, as both kinds of card tell it: cheaper than a column on every row for the last one.</summary>
    private static ListPlace Place(byte[] card)
    {
        using var json = JsonDocument.Parse(card);
        return new ListPlace(json.RootElement.GetProperty("raisedAt").GetDateTimeOffset(), json.RootElement.GetProperty("key").GetString()!);
    }
}
