using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary><c>GET /v1/me/work</c>: my open cases, what waits for my approval, what no one has taken yet at the desks I am on duty for, what is due next; now, or as of an instant. The first page of a shift.</summary>
public sealed class MyWork(NpgsqlDataSource database, StreamLoader loader, StreamKinds kinds, CommandCatalog catalog, OfferedCommands offers, DutyList duty, PastWork pasts, TimeProvider clock) : IRoutes
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/me/work", (HttpContext http, MyWork work) => work.Get(http));

    private async Task<IResult> Get(HttpContext http)
    {
        var query = new Queries(http, Past.AsOfName, Past.ClockName);
        var past = Past.Of(query);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var (caller, now) = (Callers.Of(http), clock.GetUtcNow());
        Duty[] duties = [.. (await duty.All(http.RequestAborted)).Where(d => d.Person == caller.Id && !(d.Until <= now))];
        return new SeenJson(past is null ? await Now(caller, duties, now, http.RequestAborted) : await Then(caller, duties, past, past.At(clock), http.RequestAborted));
    }

    private async Task<string> Now(Caller caller, Duty[] duties, DateTimeOffset now, CancellationToken cancellation)
    {
        var mine = await Mine(caller, null, cancellation);
        var desk = await AtMyDesk(duties, caller, null, cancellation);
        var waiting = await Waiting(caller, cancellation);
        var due = await Due(caller, null, cancellation);
        return $"{{\"mine\":{Shown(mine)},\"waitingForMyApproval\":[{string.Join(',', waiting)}],\"atMyDesk\":{Shown(desk)},\"dueNext\":{Shown(due, now)}}}";
    }

    /// <summary>What waited for approval is left out: that is asked of commands, and in the past there are none to give.</summary>
    private async Task<string> Then(Caller caller, Duty[] duties, Past past, DateTimeOffset at, CancellationToken cancellation)
    {
        var (mine, desk, due) = await pasts.Moved(past, at, duties, caller, cancellation);
        mine.AddRange(await Mine(caller, at, cancellation));
        desk.AddRange(await AtMyDesk(duties, caller, at, cancellation));
        due.AddRange(await Due(caller, at, cancellation));
        mine.Sort(WorkCase.InOrder);
        desk.Sort(WorkCase.InOrder);
        due.Sort(DeadlineItem.InOrder);
        return $"{{\"mine\":{Shown(mine)},\"atMyDesk\":{Shown(desk)},\"dueNext\":{Shown(due, at)}}}";
    }

    private static string Shown(IEnumerable<WorkCase> cases) => $"[{string.Join(',', cases.Take(Most).Select(c => c.Card))}]";

    private static string Shown(IEnumerable<DeadlineItem> due, DateTimeOffset now) =>
        $"[{string.Join(',', due.Take(Most).Select(d => JsonSerializer.Serialize(new { d.Stream, d.Kind, d.Ref, d.DueAt, Overdue = d.DueAt <= now }, Json.Stored)))}]";

    private Task<List<WorkCase>> Mine(Caller caller, DateTimeOffset? unmoved, CancellationToken cancellation) =>
        Cards(arguments => $"e.open and {arguments.Add(caller.Id)} = any (e.owners)", caller, unmoved, cancellation);

    /// <param name="unmoved">Only cases that have not moved since: they were then what their rows say.</param>
    private async Task<List<WorkCase>> Cards(Func<SqlArguments, string> condition, Caller caller, DateTimeOffset? unmoved, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        await using var command = database.Statement(
            $"""
            select e.key, e.card, e.priority, e.raised_at from crisis.escalations e
             where {condition(arguments)} and {sight.Visible} and {sight.Inside} and {Unmoved(unmoved, arguments)}
             order by e.priority desc, e.raised_at, e.key limit {Most}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<WorkCase> cards = [];
        while (await reader.ReadAsync(cancellation))
        {
            cards.Add(new WorkCase(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return cards;
    }

    private static string Unmoved(DateTimeOffset? since, SqlArguments arguments) =>
        since is { } at ? $"exists (select 1 from crisis.mt_streams s where s.id = e.key and s.timestamp <= {arguments.Add(at)})" : "true";

    /// <summary>Decisions and interim actions that this caller, and not just their role, may approve now: asked of the decisions themselves.</summary>
    private async Task<List<string>> Waiting(Caller caller, CancellationToken cancellation)
    {
        var candidates = await Cards(
            _ => "(e.state = 'DecisionProposed' or exists (select 1 from crisis.deadlines d where d.stream = e.key and d.kind = 'InterimActionExpiry' and d.state = 'Open'))", caller, null, cancellation);
        var states = await loader.Load([.. candidates.Select(c => c.Key)], cancellation);
        List<string> waiting = [];
        foreach (var (key, card, _, _) in candidates)
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
    private async Task<List<WorkCase>> AtMyDesk(Duty[] duties, Caller caller, DateTimeOffset? unmoved, CancellationToken cancellation) =>
        duties.Length == 0 ? [] : await Cards(arguments => Desks(duties, arguments), caller, unmoved, cancellation);

    /// <summary>By desk first, which the index knows; a region meets a duty as regions meet anywhere: the world is everywhere, a country holds its subdivisions.</summary>
    private static string Desks(Duty[] mine, SqlArguments arguments)
    {
        var (desks, regions) = (arguments.Add(mine.Select(d => d.Function.ToString()).ToArray()), arguments.Add(mine.Select(d => d.Region).ToArray()));
        var (everywhere, world) = (arguments.Add(new[] { "*", Regions.World }), arguments.Add(Regions.World));
        return $"""
            e.open and e.owner is null and e.desk = any ({desks}) and exists (
                select 1 from unnest({desks}, {regions}) d (desk, region)
                 where d.desk = e.desk and (d.region = any ({everywhere}) or d.region = any (e.regions_up) or cardinality(e.regions) = 0 or {world} = any (e.regions)
                    or exists (select 1 from unnest(e.regions) r (code) where d.region like r.code || '-%')))
            """;
    }

    private async Task<List<DeadlineItem>> Due(Caller caller, DateTimeOffset? unmoved, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var me = arguments.Add(caller.Id);
        await using var command = database.Statement(
            $"""
            select {DeadlineItem.Columns} from crisis.deadlines d join crisis.escalations e on e.key = d.stream
             where d.state in ('Open', 'Missed') and (d.owner = {me} or {me} = any (e.owners)) and {sight.Visible} and {sight.Inside} and {Unmoved(unmoved, arguments)}
             order by d.due_at, d.stream, d.kind, d.ref, d.generation limit {Most}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DeadlineItem> due = [];
        while (await reader.ReadAsync(cancellation))
        {
            due.Add(DeadlineItem.Read(reader));
        }

        return due;
    }
}
