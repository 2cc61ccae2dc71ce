using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// <c>GET /v1/deliveries</c>, the newest first, and one of them with its attempts. Who may see an incident sees who was told of it; a partner
/// sees what came to itself. The text is not here: it holds the link with which its receiver acknowledges.
/// </summary>
public sealed class ListDeliveries : IRoutes
{
    private const string Mark = "deliveries";
    private static readonly Role[] _readers = [Role.Specialist, Role.DutyLead, Role.PartnerManager, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.PolicyExpert];

    private const string Row = $"""
        d.id, d.incident, d.kind, d.about, d.recipient, d.endpoint, d.channel, d.tlp, d.state, d.reason, d.attempts, case when d.covers is not null and {Amended} then '' else d.subject end, d.body_hash, d.created_at,
        case when d.state = 'Queued' then d.next_at end, d.settled_at, d.acknowledged_at, d.acknowledged_by, d.acknowledged_through, d.position,
        d.audience, d.template, d.due_by, d.fallback_of
        """;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/deliveries", Get);
        app.MapGet("/v1/deliveries/{id}", One);
    }

    /// <summary>What this caller may know of: the condition on <c>d</c>, and the table of what it stands on.</summary>
    /// <param name="made">The audience for which they make something; null for themselves.</param>
    /// <param name="deliveries">Where they stand: as they are, or as they were.</param>
    internal static (string From, string Where) Seen(Caller caller, SqlArguments arguments, Audience? made = null, string deliveries = "crisis.deliveries")
    {
        if (caller.Is(Role.Partner))
        {
            // What was called off before it went out never came to them, also when they ask for an instant at which it was to go out.
            return (
                $"{deliveries} d",
                $"d.recipient = {arguments.Add(caller.Partner ?? "")} and d.state not in {CalledOff} and not exists (select 1 from crisis.deliveries n where n.id = d.id and n.state in {CalledOff})");
        }

        var sight = Sight.Sql("e", SightRows.All, caller, arguments).For(made);
        return (StaffFrom(deliveries), caller.IsAny(_readers) ? $"{Readable(sight)} and {sight.Audience} <= {(int)Audience.CrossFunctional}" : "false");
    }

    /// <summary>Deliveries as colleagues read them, with who may see what they are about.</summary>
    /// <param name="deliveries">Where they stand: as they are, or as they were.</param>
    internal static string StaffFrom(string deliveries = "crisis.deliveries") => $"{deliveries} d {Sights}";

    private const string CalledOff = "('Suppressed', 'Cancelled')";

    private const string Sights = "join crisis.sights e on e.key = d.incident";

    /// <summary>
    /// Whether a colleague may read what <c>d</c> says: they see the incident, are cleared for the message as the audience that they are there,
    /// and it was not written for an audience that reads more than they do.
    /// </summary>
    internal static string Readable(SightSql sight) =>
        $"{sight.Visible} and (d.tlp <= {sight.Limit} or {sight.Open}) and (d.tlp < {(int)Tlp.RED} or {sight.Named}) and (d.audience is null or d.audience >= {sight.Audience}) and (d.kind <> all ('{_toRequesters}') or {sight.Audience} = 0)";

    /// <summary>Whether <c>d</c> tells an entry that was corrected or taken back since.</summary>
    internal const string Amended =
        "exists (select 1 from crisis.timeline a where a.stream = d.incident and a.version::text = any (d.covers) and a.amended_at is not null)";

    // Whom an answer went to says who asked, and that stays with Core (domain §4).
    private static readonly string _toRequesters =
        $"{{{string.Join(',', new[] { DeliveryKind.RequesterReceipt, DeliveryKind.RequesterOutcome, DeliveryKind.RequesterQuestion, DeliveryKind.PressLine })}}}";

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, "incident", "recipient", "state", "channel", "kind", "about", Past.AsOfName, Past.ClockName, "cursor", "limit");
        var arguments = new SqlArguments();
        var (caller, past) = (Callers.Of(http), Past.Of(query));
        var (from, seen) = Seen(caller, arguments, deliveries: Table(past, arguments));
        List<string> where = [seen, .. Filters(query, arguments)];
        if (caller.Is(Role.Partner) && (query.Text("incident") ?? query.Text("about")) is not null)
        {
            where.Add($"d.audience is distinct from {(int)Audience.Public}"); // what a statement is about is not found out by asking
        }

        if (query.Text("cursor") is { } cursor)
        {
            if (Cursors.Read(Past.Mark(Mark, past), cursor, 1) is not [var place] || !long.TryParse(place, CultureInfo.InvariantCulture, out var position))
            {
                return Problem.Validation("cursor", "is no cursor of this list");
            }

            where.Add($"d.position < {arguments.Add(position)}");
        }

        var limit = query.Limit;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var command = database.Statement($"select {Row} from {from} where {string.Join(" and ", where)} order by d.position desc limit {limit + 1}", arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new JsonPage();
        long last = 0;
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Cursors.Write(Past.Mark(Mark, past), last);
                break;
            }

            last = reader.GetInt64(19);
            page.Add(JsonSerializer.Serialize(Read(reader, caller), Json.Stored));
        }

        return page;
    }

    /// <summary>All deliveries of an incident that the caller may know of, as the list shows them, the oldest first.</summary>
    /// <param name="after">The position of the last one that was read.</param>
    internal static async Task<IReadOnlyList<(long Position, byte[] Line)>> Lines(NpgsqlDataSource database, string incident, Caller caller, long after, int limit, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var (from, seen) = Seen(caller, arguments);
        await using var command = database.Statement(
            $"select {Row} from {from} where {seen} and d.incident = {arguments.Add(incident)} and d.position > {arguments.Add(after)} order by d.position limit {limit}", arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(long, byte[])> lines = [];
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add((reader.GetInt64(19), JsonSerializer.SerializeToUtf8Bytes(Read(reader, caller), Json.Stored)));
        }

        return lines;
    }

    /// <summary>A page of what was sent about these incidents by an instant, as it stood then, the newest first, each with its place in the list.</summary>
    /// <param name="before">The place of the last one of the page before.</param>
    /// <param name="made">The audience for which the caller makes something; null for themselves.</param>
    internal static async Task<List<(long Position, DeliveryView View)>> Of(
        NpgsqlDataSource database, string[] incidents, DateTimeOffset asOf, long before, int limit, Caller caller, Audience? made, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var (from, seen) = Seen(caller, arguments, made, DeliveriesThen.Sql(arguments.Add(asOf)));
        await using var command = database.Statement(
            $"""
            select {Row} from {from} where {seen} and d.incident = any ({arguments.Add(incidents)}) and d.position < {arguments.Add(before)}
             order by d.position desc limit {limit}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(long, DeliveryView)> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add((reader.GetInt64(19), Read(reader, caller)));
        }

        return rows;
    }

    /// <summary>Where deliveries stand now, or stood then.</summary>
    internal static string Table(Past? past, SqlArguments arguments) => past is null ? "crisis.deliveries" : DeliveriesThen.Sql(arguments.Add(past.Until));

    private static IEnumerable<string> Filters(Queries query, SqlArguments arguments)
    {
        foreach (var name in (string[])["incident", "recipient", "about"])
        {
            if (query.Text(name) is { } text)
            {
                yield return $"d.{name} = {arguments.Add(text)}";
            }
        }

        if (query.Names<DeliveryState>("state") is { } states)
        {
            yield return $"d.state = any ({arguments.Add(states)})";
        }

        if (query.Names<DeliveryKind>("kind") is { } kinds)
        {
            yield return $"d.kind = any ({arguments.Add(kinds)})";
        }

        if (query.Names<Domain.Crises.Channel>("channel") is { } channels)
        {
            yield return $"d.channel = any ({arguments.Add(channels)})";
        }
    }

    private static async Task<IResult> One(string id, HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.ClockName);
        var past = Past.Of(query);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var arguments = new SqlArguments();
        var caller = Callers.Of(http);
        var (from, seen) = Seen(caller, arguments, deliveries: Table(past, arguments));
        DeliveryView? view = null;
        await using (var command = database.Statement($"select {Row} from {from} where d.id = {arguments.Add(id)} and {seen}", arguments.Values))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            view = await reader.ReadAsync(cancellation) ? Read(reader, caller) : null;
        }

        if (view is null)
        {
            return Problem.NotFound;
        }

        var made = new SqlArguments();
        var of = $"delivery = {made.Add(id)}{(past is null ? "" : $" and at <= {made.Add(past.Until)}")}";
        await using var attempts = database.Statement($"select n, at, latency_ms, result, status, size, body_hash from crisis.delivery_attempts where {of} order by n", made.Values);
        await using var rows = await attempts.ExecuteReaderAsync(cancellation);
        List<AttemptView> all = [];
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(new AttemptView(rows.GetInt32(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetInt32(2), rows.GetString(3), rows.GetString(4), rows.GetInt32(5), rows.GetString(6)));
        }

        return new SeenJson(JsonSerializer.Serialize(view with { AttemptList = all }, Json.Stored));
    }

    /// <summary>Whether this is a public statement to somebody outside: what it is about is not theirs to know.</summary>
    internal static bool Statement(Caller caller, Audience? audience) => caller.Is(Role.Partner) && audience == Audience.Public;

    private static DeliveryView Read(NpgsqlDataReader reader, Caller caller)
    {
        var view = Read(reader);
        return Statement(caller, view.Audience is { } audience ? Enum.Parse<Audience>(audience) : null) ? view with { Incident = "", About = "", Subject = "" } : view;
    }

    private static DeliveryView Read(NpgsqlDataReader reader)
    {
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        return new DeliveryView(
            reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
            TlpNames.Of((Tlp)reader.GetInt16(7)), reader.GetString(8), Text(9), reader.GetInt32(10), reader.GetString(11), reader.GetString(12), reader.GetFieldValue<DateTimeOffset>(13),
            At(14), At(15), At(16), Text(17), Text(18))
        {
            Audience = reader.IsDBNull(20) ? null : ((Audience)reader.GetInt16(20)).ToString(),
            Template = Text(21),
            DueBy = At(22),
            FallbackOf = Text(23),
        };
    }
}
