using System.Text;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Escalations;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.Search;

/// <summary>
/// <c>GET /v1/search?q=</c>: titles, notes, updates and content ids of all streams, newest first. Words are looked for in the text that the
/// reader's own audience has, so a search finds nothing that the reader could not read. As of an instant: in the entries of then, and in the cases as they were.
/// </summary>
public sealed class SearchRoutes(NpgsqlDataSource database, PastStates pasts) : IRoutes
{
    /// <summary>The newest entries whose words are not kept yet are looked through one by one, so many at most.</summary>
    private const int Unkept = 5000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/search", (HttpContext http, SearchRoutes search) => search.Get(http));

    private async Task<IResult> Get(HttpContext http)
    {
        var query = new Queries(http, "q", Past.AsOfName, Past.ClockName, "limit");
        var words = query.Text("q");
        var (past, limit) = (Past.Of(query), query.Limit);
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
        await Streams(page, words.Trim(), past, limit, caller, http.RequestAborted);
        await Entries(page, words, past, limit, caller, http.RequestAborted);
        return page;
    }

    /// <summary>Cases that carry this content, reference or key.</summary>
    private async Task Streams(JsonPage page, string text, Past? past, int limit, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var sought = arguments.Add(text);
        await using var command = database.Statement(
            $"""
            select e.key, case when e.key = {sought} then 'key' when {sought} = any (e.content_ids) then 'contentId' else 'externalRef' end, e.card
              from crisis.escalations e
             where (e.key = {sought} or e.content_ids @> array[{sought}::text] or e.external_ref = {sought}) and {sight.Visible} and {sight.Inside} and {past?.Began("e.key", "e.raised_at", arguments) ?? "true"}
             order by e.raised_at desc, e.key desc limit {limit}
            """,
            arguments.Values);
        List<(string Key, string Found, string Card)> cases = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                cases.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
            }
        }

        foreach (var (key, found, card) in past is null ? cases : await Then(cases, past, cancellation))
        {
            page.Add(Encoding.UTF8.GetBytes($"{{\"stream\":\"{key}\",\"found\":\"{found}\",\"card\":{card}}}"));
        }
    }

    /// <summary>The cases as they were; what they are found by is said by their raise.</summary>
    private async Task<List<(string Key, string Found, string Card)>> Then(List<(string Key, string Found, string Card)> cases, Past past, CancellationToken cancellation)
    {
        var states = await pasts.Load([.. cases.Select(c => c.Key)], past, cancellation);
        return
        [
            .. from one in cases
               let then = (Escalation)states[one.Key].State
               where then.Version > 0
               select (one.Key, one.Found, EscalationCard.Write(then)),
        ];
    }

    private async Task Entries(JsonPage page, string words, Past? past, int limit, Caller caller, CancellationToken cancellation)
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
             where {(past is null ? "true" : $"t.{(past.Occurred ? "occurred_at" : "recorded_at")} <= {arguments.Add(past.Until)}")} and {TimelineSql.Seen} is not null and crisis.words_in({TimelineSql.Seen}) @@ {q}
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
