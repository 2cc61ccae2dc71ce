using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary><c>GET /v1/me/work</c>: my open cases, what waits for my approval, what no one has taken yet at the desks I am on duty for, what is due next. The first page of a shift.</summary>
public sealed class MyWork(NpgsqlDataSource database, StreamLoader loader, StreamKinds kinds, CommandCatalog catalog, OfferedCommands offers, DutyList duty, TimeProvider clock) : IRoutes
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/me/work", (HttpContext http, MyWork work) => work.Get(http));

    private async Task<IResult> Get(HttpContext http)
    {
        var query = new Queries(http);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        var mine = await Cards(arguments => $"e.open and {arguments.Add(caller.Id)} = any (e.owners)", caller, http.RequestAborted);
        var desk = await AtMyDesk(caller, http.RequestAborted);
        var waiting = await Waiting(caller, http.RequestAborted);
        var due = await Due(caller, http.RequestAborted);
        return new SeenJson($"{{\"mine\":[{string.Join(',', mine.Select(c => c.Card))}],\"waitingForMyApproval\":[{string.Join(',', waiting)}],\"atMyDesk\":[{string.Join(',', desk)}],\"dueNext\":[{string.Join(',', due)}]}}");
    }

    private async Task<List<(string Key, string Card)>> Cards(Func<SqlArguments, string> condition, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        await using var command = database.Statement(
            $"""
            select e.key, e.card from crisis.escalations e
             where {condition(arguments)} and {sight.Visible} and {sight.Inside}
             order by e.priority desc, e.raised_at limit {Most}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(string, string)> cards = [];
        while (await reader.ReadAsync(cancellation))
        {
            cards.Add((reader.GetString(0), reader.GetString(1)));
        }

        return cards;
    }

    /// <summary>Decisions and interim actions that this caller, and not just their role, may approve now: asked of the decisions themselves.</summary>
    private async Task<List<string>> Waiting(Caller caller, CancellationToken cancellation)
    {
        var candidates = await Cards(
            _ => "(e.state = 'DecisionProposed' or exists (select 1 from crisis.deadlines d where d.stream = e.key and d.kind = 'InterimActionExpiry' and d.state = 'Open'))", caller, cancellation);
        var states = await loader.Load([.. candidates.Select(c => c.Key)], cancellation);
        List<string> waiting = [];
        foreach (var (key, card) in candidates)
        {
            var trial = await offers.Trial(key, states[key], caller, cancellation);
            foreach (var command in (string[])["approve-decision", "confirm-interim-action"])
            {
                var entry = catalog.Find(kinds.Of(key), command)!;
                if (await entry.Offer(trial, cancellation) is { } body)
                {
                    waiting.Add($"{card.AsSpan(0, card.Length - 1)},\"command\":\"{command}\",\"body\":{body.GetRawText()}}}");
                }
            }
        }

        return waiting;
    }

    /// <summary>What no one has taken yet, at the desks and in the regions for which the caller stands on the duty list.</summary>
    private async Task<IEnumerable<string>> AtMyDesk(Caller caller, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        Duty[] mine = [.. (await duty.All(cancellation)).Where(d => d.Person == caller.Id && !(d.Until <= now))];
        return mine.Length == 0
            ? []
            : (await Cards(arguments => Desks(mine, arguments), caller, cancellation)).Select(c => c.Card);
    }

    /// <summary>By desk first, which the index knows; a region meets a duty as regions meet anywhere: the world is everywhere, a country holds its subdivisions.</summary>
    private static string Desks(Duty[] mine, SqlArguments arguments)
    {
        var (desks, regions) = (arguments.Add(mine.Select(d => d.Function.ToString()).ToArray()), arguments.Add(mine.Select(d => d.Region).ToArray()));
        var world = arguments.Add(Regions.World);
        return $"""
            e.open and e.owner is null and e.desk = any ({desks}) and exists (
                select 1 from unnest({desks}, {regions}) d (desk, region)
                 where d.desk = e.desk and (d.region = {world} or d.region = any (e.regions_up) or cardinality(e.regions) = 0 or {world} = any (e.regions)
                    or exists (select 1 from unnest(e.regions) r (code) where d.region like r.code || '-%')))
            """;
    }

    private async Task<List<string>> Due(Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var me = arguments.Add(caller.Id);
        await using var command = database.Statement(
            $"""
            select d.stream, d.kind, d.ref, d.due_at from crisis.deadlines d join crisis.escalations e on e.key = d.stream
             where d.state in ('Open', 'Missed') and (d.owner = {me} or {me} = any (e.owners)) and {sight.Visible} and {sight.Inside}
             order by d.due_at limit {Most}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var now = clock.GetUtcNow();
        List<string> due = [];
        while (await reader.ReadAsync(cancellation))
        {
            var at = reader.GetFieldValue<DateTimeOffset>(3);
            due.Add(JsonSerializer.Serialize(new { Stream = reader.GetString(0), Kind = reader.GetString(1), Ref = reader.GetString(2), DueAt = at, Overdue = at <= now }, Json.Stored));
        }

        return due;
    }
}
