using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>A page of cards, newest first, each as its reader's audience may see it: as they are, or as they were.</summary>
public sealed class CardList(NpgsqlDataSource database, PastPages pasts, TimeProvider clock)
{
    public async Task<IResult> Get(CardStream kind, HttpContext http, CancellationToken cancellation)
    {
        var query = new Queries(http, "state", "open", "region", "q", Past.AsOfName, Past.ClockName, "cursor", "limit");
        var filter = new CardFilter(query.Names("state", kind.States), query.Flag("open"), query.Text("region"), query.Text("q"));
        var (past, limit, caller) = (Past.Of(query), query.Limit, Callers.Of(http));
        var mark = Past.Mark(kind.Plural, past);
        var after = ListPlace.Of(query, mark);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        return past is null
            ? await Now(kind, filter, after, limit, mark, caller, cancellation)
            : await pasts.Read(
                new PastListing(
                    mark, past, limit, after, (place, count) => Then(kind, filter, past, place, count, caller), filter.Fits(kind), (then, audience, now) => Shown(kind, then, audience, now),
                    filter.Words, (then, audience, now) => Words(kind, then, audience, now)),
                cancellation);
    }

    private async Task<JsonPage> Now(CardStream kind, CardFilter filter, ListPlace? after, int limit, string mark, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.Cards, caller, arguments);
        List<string> where = [$"e.kind = {arguments.Add(kind.Prefix)}", sight.Visible, .. filter.Sql(sight, arguments), .. After(after, arguments)];
        await using var command = database.Statement(
            $"""
            select {Card(sight)}, e.opened_at, e.key
              from crisis.cards e where {string.Join(" and ", where)} order by e.opened_at desc, e.key desc limit {limit + 1}
            """,
            arguments.Values);
        return await Page(command, mark, limit, cancellation);
    }

    private NpgsqlCommand Then(CardStream kind, CardFilter filter, Past past, ListPlace? after, int count, Caller caller)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.Cards, caller, arguments);
        var moved = $"s.timestamp > {arguments.Add(past.At(clock))}";
        List<string> where =
        [
            $"e.kind = {arguments.Add(kind.Prefix)}", sight.Visible, past.Began("e.key", "e.opened_at", arguments), .. After(after, arguments),
            // What has not moved since is as it was then.
            $"({moved} or {string.Join(" and ", filter.Sql(sight, arguments).Prepend("true"))})",
        ];
        return database.Statement(
            $"""
            select e.key, e.opened_at, {sight.Audience}, {moved}, {Card(sight)}
              from crisis.cards e join crisis.mt_streams s on s.id = e.key
             where {string.Join(" and ", where)} order by e.opened_at desc, e.key desc limit {count}
            """,
            arguments.Values);
    }

    /// <summary>The card of the reader's audience, on the row of now.</summary>
    private static string Card(SightSql sight) => $"case {sight.Audience} when 0 then e.core when 1 then e.cross_functional else e.executive end";

    private static string[] After(ListPlace? after, SqlArguments arguments) =>
        after is null ? [] : [$"(e.opened_at, e.key) < ({arguments.Add(after.OpenedAt)}, {arguments.Add(after.Key)})"];

    private static string Shown(CardStream kind, object then, Audience audience, object now) => kind.View(then, audience, kind.Card, now).ToJsonString(Json.Stored);

    /// <summary>The texts that must all have the words sought, as on the list of now: those of the card, and for an executive what it shows.</summary>
    private static IEnumerable<string> Words(CardStream kind, object then, Audience audience, object now)
    {
        yield return Masking.Hide(kind.Words(then), kind.Masked(now));
        if (audience >= Audience.Executive)
        {
            yield return Shown(kind, then, audience, now);
        }
    }

    private static async Task<JsonPage> Page(NpgsqlCommand command, string mark, int limit, CancellationToken cancellation)
    {
        var page = new JsonPage();
        ListPlace? last = null;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = last!.Cursor(mark);
                break;
            }

            page.Add(reader.GetFieldValue<byte[]>(0));
            last = new ListPlace(reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2));
        }

        return page;
    }
}

/// <summary>What narrows a list of cards: as SQL on their rows, and as a question to a state.</summary>
internal sealed record CardFilter(string[]? States, bool Open, string? Region, string? Words)
{
    public IEnumerable<string> Sql(SightSql sight, SqlArguments arguments)
    {
        if (States is not null)
        {
            yield return $"e.state = any ({arguments.Add(States)})";
        }

        if (Open)
        {
            yield return "e.open";
        }

        if (Region is not null)
        {
            yield return $"{arguments.Add(Region)} = any (e.regions_up)";
        }

        if (Words is not null)
        {
            // A hit tells that a word stands there, so executives search what their card shows and nothing else.
            var sought = $"plainto_tsquery('simple', {arguments.Add(Words)})";
            yield return $"e.words @@ {sought} and ({sight.Audience} < {(int)Audience.Executive} or to_tsvector('simple', e.executive) @@ {sought})";
        }
    }

    /// <summary>The same but for the words, which are asked of the database.</summary>
    public Func<object, bool> Fits(CardStream kind) => then =>
        (States is null || States.Contains(kind.StateName(then))) && (!Open || kind.Open(then)) && (Region is null || Regions.WithParents(kind.SightOf(then).Regions).Contains(Region));
}
