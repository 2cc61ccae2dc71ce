using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.Search;

/// <summary>
/// <c>GET /v1/search?q=</c>: titles, notes, updates and content ids of all streams, newest first. Words are looked for in the text that the
/// reader's own audience has, so a search finds nothing that the reader could not read.
/// </summary>
public sealed class SearchRoutes : IRoutes
{
    /// <summary>The newest entries whose words are not kept yet are looked through one by one, so many at most.</summary>
    private const int Unkept = 5000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/search", Get);

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, "q", "limit");
        var words = query.Text("q");
        var limit = query.Limit;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (string.IsNullOrWhiteSpace(words))
        {
            return Problem.Validation("q", "says what to look for");
        }

        var caller = Callers.Of(http);
        var page = new JsonPage();
        await Streams(page, words.Trim(), limit, caller, database, cancellation);
        await Entries(page, words, limit, caller, database, cancellation);
        return page;
    }

    /// <summary>Cases that carry this content, reference or key.</summary>
    private static async Task Streams(JsonPage page, string text, int limit, Caller caller, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var sought = arguments.Add(text);
        await using var command = database.Statement(
            $"""
            select e.key, case when e.key = {sought} then 'key' when {sought} = any (e.content_ids) then 'contentId' else 'externalRef' end, e.card
              from crisis.escalations e
             where (e.key = {sought} or e.content_ids @> array[{sought}::text] or e.external_ref = {sought}) and {sight.Visible} and {sight.Inside}
             order by e.raised_at desc, e.key desc limit {limit}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            page.Add(Encoding.UTF8.GetBytes($"{{\"stream\":\"{reader.GetString(0)}\",\"found\":\"{reader.GetString(1)}\",\"card\":{reader.GetString(2)}}}"));
        }
    }

    private static async Task Entries(JsonPage page, string words, int limit, Caller caller, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var (q, reader) = ($"plainto_tsquery('simple', {arguments.Add(words)})", arguments.Add(SearchWords.Reader));
        // The words that are kept are those of every audience; whether the reader's own text has them is asked of that.
        await using var command = database.Statement(
            $"""
            with u as materialized (select t.stream, t.version, t.recorded_at from crisis.timeline t, crisis.subscriptions s where s.name = {reader} and t.xid >= s.position order by t.xid desc limit {Unkept})
            select t.stream, {TimelineSql.Seen}
              from (select w.stream, w.version, w.recorded_at from crisis.entry_words w where w.words @@ {q}
                    union select u.stream, u.version, u.recorded_at from u) f
              join crisis.timeline t on t.stream = f.stream and t.version = f.version
             cross join lateral (select {TimelineSql.Reader(sight)} from crisis.sights e where e.key = t.stream and {sight.Visible} offset 0) r
             where {TimelineSql.Seen} is not null and crisis.words_in({TimelineSql.Seen}) @@ {q}
             order by f.recorded_at desc, t.stream, t.version desc limit {limit}
            """,
            arguments.Values);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            page.Add(Encoding.UTF8.GetBytes($"{{\"stream\":\"{rows.GetString(0)}\",\"found\":\"entry\",\"entry\":{rows.GetString(1)}}}"));
        }
    }
}
