using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>
/// <c>GET /v1/deadlines</c>: what is due next and what is overdue, in due order, of everything this caller may see: cases, crises, elections, sources and whatever else has clocks. A deadline
/// stands here while its state asks for it: an overdue one until it is settled or the case ends.
/// </summary>
public sealed class ListDeadlines : IRoutes
{
    private const string Mark = "deadlines";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/deadlines", Get);

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, DeadlineCommands commands, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "overdue", "owner", "stream", "kind", "cursor", "limit");
        var arguments = new SqlArguments();
        var now = clock.GetUtcNow();
        // Timers are no part of what executives and partners read of a case.
        var sight = Sight.Sql("e", SightRows.All, Callers.Of(http), arguments);
        List<string> where =
        [
            "d.state in ('Open', 'Missed')", sight.Visible, $"{sight.Audience} <= {(int)Audience.CrossFunctional}",
            $"({sight.Audience} = {(int)Audience.Core} or d.kind <> all ({arguments.Add(commands.CoreOnly)}) and d.kind || '/' || d.ref <> all ({arguments.Add(commands.CoreOnlyItems)}))",
            .. Filters(query, now, arguments),
        ];
        if (query.Text("kind") is { } kinds)
        {
            var names = kinds.Split(',');
            if (names.Except(commands.Kinds).FirstOrDefault() is { } unknown)
            {
                return Problem.Validation("kind", $"There is no deadline of the kind '{unknown}'; there are {string.Join(", ", commands.Kinds.Order(StringComparer.Ordinal))}.");
            }

            where.Add($"d.kind = any ({arguments.Add(names)})");
        }

        if (query.Text("cursor") is { } cursor)
        {
            if (Place(cursor) is not { } place)
            {
                return Problem.Validation("cursor", "is no cursor of this list");
            }

            where.Add($"(d.due_at, d.stream, d.kind, d.ref, d.generation) > ({string.Join(", ", place.Select(arguments.Add))})");
        }

        var limit = query.Limit;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var command = database.Statement(
            $"""
            select d.due_at, d.stream, d.kind, d.ref, d.generation, d.state, d.owner, d.warns_at from crisis.deadlines d join crisis.sights e on e.key = d.stream
             where {string.Join(" and ", where)} order by d.due_at, d.stream, d.kind, d.ref, d.generation limit {limit + 1}
            """,
            arguments.Values);
        return await Page(command, limit, now, cancellation);
    }

    private static IEnumerable<string> Filters(Queries query, DateTimeOffset now, SqlArguments arguments)
    {
        if (query.Text("overdue") is not null)
        {
            var at = arguments.Add(now);
            yield return query.Flag("overdue") ? $"(d.state = 'Missed' or d.due_at <= {at})" : $"(d.state = 'Open' and d.due_at > {at})";
        }

        if (query.Text("owner") is { } owner)
        {
            yield return $"d.owner = {arguments.Add(owner)}";
        }

        if (query.Text("stream") is { } stream)
        {
            yield return $"d.stream = {arguments.Add(stream)}";
        }
    }

    private static async Task<JsonPage> Page(NpgsqlCommand command, int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        var page = new JsonPage();
        object[] last = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Cursors.Write(Mark, last);
                break;
            }

            var due = reader.GetFieldValue<DateTimeOffset>(0);
            var missed = reader.GetString(5) == "Missed";
            var warnings = reader.GetFieldValue<DateTimeOffset[]>(7);
            last = [due.UtcTicks, reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4)];
            page.Add(JsonSerializer.Serialize(
                new
                {
                    Stream = reader.GetString(1),
                    Kind = reader.GetString(2),
                    Ref = reader.GetString(3),
                    DueAt = due,
                    State = missed ? "Missed" : Array.Exists(warnings, at => at <= now) ? "Warned" : "Open",
                    Owner = await reader.IsDBNullAsync(6, cancellation) ? null : reader.GetString(6),
                    OverdueSince = missed || due <= now ? due : (DateTimeOffset?)null,
                    WarnsAt = missed ? null : Array.FindAll(warnings, at => at > now) is [var next, ..] ? next : (DateTimeOffset?)null,
                },
                Json.Stored));
        }

        return page;
    }

    private static object[]? Place(string cursor) =>
        Cursors.Read(Mark, cursor, 5) is [var ticks, var stream, var kind, var item, var generation]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var due) && due <= DateTimeOffset.MaxValue.Ticks
        && int.TryParse(generation, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? [new DateTimeOffset(due, TimeSpan.Zero), stream, kind, item, number]
            : null;
}
