using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Access;

/// <summary>
/// <c>GET /v1/reads</c>: who opened what is RED, the newest first. By duty leads and legal counsel, and only of streams in whose core team they
/// are and may read what is RED themselves, cleared and by name; looking into it is noted too.
/// </summary>
public sealed class ReadLogRoutes : IRoutes
{
    private const string Mark = "reads";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/reads", Get);

    /// <summary>Whether the caller may know who read of <c>r</c>: the condition on <c>e</c>, the stream's row of sight.</summary>
    public static string Seen(Caller caller, SqlArguments arguments)
    {
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        return caller.IsAny([Role.DutyLead, Role.LegalCounsel])
            ? $"({sight.Visible} and {sight.Audience} = {(int)Audience.Core} and {sight.Named} and ({sight.Limit} = {(int)Tlp.RED} or {sight.Open}))"
            : "false";
    }

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, "stream", "reader", "from", "to", Past.AsOfName, "cursor", "limit");
        var (stream, reader, from, to, limit) = (query.Text("stream"), query.Text("reader"), query.Instant("from"), query.Instant("to"), query.Limit);
        var past = Past.Of(query);
        var mark = Past.Mark(Mark, past);
        var before = Cursors.Read(mark, query.Text("cursor"), 1) is [var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : (long?)null;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (before is null && http.Request.Query.ContainsKey("cursor"))
        {
            return Problem.Validation("cursor", "is no cursor of this list");
        }

        var caller = Callers.Of(http);
        if (!caller.IsAny([Role.DutyLead, Role.LegalCounsel]))
        {
            return Problem.Forbidden("Who read what is for duty leads and legal counsel.");
        }

        var arguments = new SqlArguments();
        List<string> where = [Seen(caller, arguments)];
        Add(stream, "r.stream =");
        Add(reader, "r.reader =");
        Add(from, "r.at >=");
        Add(to, "r.at <");
        Add(past?.Until, "r.at <=");
        Add(before, "r.position <");
        await using var command = database.Statement(
            $"""
            select r.position, r.at, r.reader, r.roles, r.route, r.stream, r.entries from crisis.reads r join crisis.sights e on e.key = r.stream
             where {string.Join(" and ", where)} order by r.position desc limit {limit + 1}
            """,
            arguments.Values);
        return await Page(command, mark, limit, cancellation);

        void Add(object? value, string condition)
        {
            if (value is not null)
            {
                where.Add($"{condition} {arguments.Add(value)}");
            }
        }
    }

    private static async Task<JsonPage> Page(NpgsqlCommand command, string mark, int limit, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var page = new JsonPage();
        long last = 0;
        while (await rows.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Cursors.Write(mark, last);
                break;
            }

            last = rows.GetInt64(0);
            var stream = rows.GetString(5);
            page.Add(JsonSerializer.Serialize(
                new
                {
                    At = rows.GetFieldValue<DateTimeOffset>(1),
                    Reader = rows.GetString(2),
                    Roles = rows.GetFieldValue<string[]>(3),
                    Route = rows.GetString(4),
                    Stream = stream,
                    Entries = rows.GetFieldValue<long[]>(6).Select(version => $"{stream}@{version}"),
                    Tlp = TlpNames.Of(Tlp.RED),
                },
                Json.Stored));
        }

        return page;
    }
}
