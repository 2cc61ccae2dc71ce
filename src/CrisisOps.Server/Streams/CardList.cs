using System.Globalization;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>A page of cards, newest first, each as its reader's audience may see it.</summary>
internal static class CardList
{
    public static async Task<IResult> Get(CardStream kind, HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, "state", "open", "region", "q", "cursor", "limit");
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.Cards, Callers.Of(http), arguments);
        List<string> where = [$"e.kind = {arguments.Add(kind.Prefix)}", sight.Visible, .. Filters(kind, query, sight, arguments)];
        if (query.Text("cursor") is { } cursor)
        {
            if (Cursors.Read(kind.Plural, cursor, 2) is not [var ticks, var key] || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var opened) || opened < 0 || opened > DateTimeOffset.MaxValue.Ticks)
            {
                return Problem.Validation("cursor", "is no cursor of this list");
            }

            where.Add($"(e.opened_at, e.key) < ({arguments.Add(new DateTimeOffset(opened, TimeSpan.Zero))}, {arguments.Add(key)})");
        }

        var limit = query.Limit;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var command = database.Statement(
            $"""
            select case {sight.Audience} when 0 then e.core when 1 then e.cross_functional else e.executive end, e.opened_at, e.key
              from crisis.cards e where {string.Join(" and ", where)} order by e.opened_at desc, e.key desc limit {limit + 1}
            """,
            arguments.Values);
        return await Page(command, kind.Plural, limit, cancellation);
    }

    private static IEnumerable<string> Filters(CardStream kind, Queries query, SightSql sight, SqlArguments arguments)
    {
        if (query.Names("state", kind.States) is { } states)
        {
            yield return $"e.state = any ({arguments.Add(states)})";
        }

        if (query.Flag("open"))
        {
            yield return "e.open";
        }

        if (query.Text("region") is { } region)
        {
            yield return $"{arguments.Add(region)} = any (e.regions_up)";
        }

        if (query.Text("q") is { } words)
        {
            // A hit tells that a word stands there, so executives search what their card shows and nothing else.
            var sought = $"plainto_tsquery('simple', {arguments.Add(words)})";
            yield return $"e.words @@ {sought} and ({sight.Audience} < {(int)Audience.Executive} or to_tsvector('simple', e.executive) @@ {sought})";
        }
    }

    private static async Task<JsonPage> Page(NpgsqlCommand command, string mark, int limit, CancellationToken cancellation)
    {
        var page = new JsonPage();
        var (opened, key) = (default(DateTimeOffset), "");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Cursors.Write(mark, opened.UtcTicks, key);
                break;
            }

            page.Add(reader.GetFieldValue<byte[]>(0));
            (opened, key) = (reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2));
        }

        return page;
    }
}
