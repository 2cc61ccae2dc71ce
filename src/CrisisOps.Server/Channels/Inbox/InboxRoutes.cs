using System.Globalization;
using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Channels.Inbox;

/// <summary>The inbox of the caller: what was told to them here, the newest first, as it lies there or lay there then, and that they have read it. Reading is no acknowledgement.</summary>
public sealed class InboxRoutes : IRoutes
{
    private const string Mark = "inbox";
    private const string Mine = "d.channel = 'Inbox'";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/me/inbox", Get);
        app.MapPost("/v1/me/inbox/{id}/read", Read);
    }

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        if (Refused(caller) is { } refused)
        {
            return refused;
        }

        var query = new Queries(http, "unread", Past.AsOfName, Past.ClockName, "cursor", "limit");
        var (past, arguments) = (Past.Of(query), new SqlArguments());
        var (mark, from) = (Past.Mark(Mark, past), ListDeliveries.StaffFrom(ListDeliveries.Table(past, arguments)));
        List<string> where = [OwnDeliveries.Seen(caller, arguments), Mine];
        if (query.Flag("unread"))
        {
            where.Add("d.read_at is null");
        }

        if (query.Text("cursor") is { } cursor)
        {
            if (Cursors.Read(mark, cursor, 1) is not [var place] || !long.TryParse(place, CultureInfo.InvariantCulture, out var position))
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

        await using var command = database.Statement(
            $"""
            select d.id, d.kind, d.incident, d.about, d.tlp, case when {ListDeliveries.Amended} then '' else d.subject end, case when d.content_type like 'text/%' and not {ListDeliveries.Amended} then d.body end,
                   case when {ListDeliveries.Amended} then 'Corrected or withdrawn since.' else d.told end, d.covers,
                   d.created_at, d.settled_at, d.read_at, d.acknowledged_at, d.position
              from {from} where {string.Join(" and ", where)} order by d.position desc limit {limit + 1}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new JsonPage();
        long last = 0;
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Cursors.Write(mark, last);
                break;
            }

            last = reader.GetInt64(13);
            page.Add(Item(reader));
        }

        return page;
    }

    private static string Item(NpgsqlDataReader reader)
    {
        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        return JsonSerializer.Serialize(
            new
            {
                Id = reader.GetString(0),
                Kind = reader.GetString(1),
                Incident = reader.GetString(2),
                About = reader.GetString(3),
                Tlp = TlpNames.Of((Tlp)reader.GetInt16(4)),
                Subject = reader.GetString(5),
                Text = reader.IsDBNull(6) ? reader.GetString(7) : Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(6)),
                Covers = reader.IsDBNull(8) ? null : reader.GetFieldValue<string[]>(8),
                CreatedAt = At(9),
                DeliveredAt = At(10),
                ReadAt = At(11),
                AcknowledgedAt = At(12),
            },
            Json.Stored);
    }

    private static async Task<IResult> Read(string id, HttpContext http, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        if (Refused(caller) is { } refused)
        {
            return refused;
        }

        var arguments = new SqlArguments();
        var (now, which) = (arguments.Add(clock.GetUtcNow()), arguments.Add(id));
        await using var command = database.Statement(
            $"""
            update crisis.deliveries r set read_at = coalesce(r.read_at, {now})
             where r.id = (select d.id from {ListDeliveries.StaffFrom()} where d.id = {which} and {Mine} and {OwnDeliveries.Seen(caller, arguments)}) returning r.read_at
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Results.Json(new { id, ReadAt = reader.GetFieldValue<DateTimeOffset>(0) }, Json.Stored) : Problem.NotFound;
    }

    private static Problem? Refused(Caller caller) => caller.Is(Role.Partner) ? Problem.Forbidden("A partner reads what came to it in GET /v1/deliveries.") : null;
}
