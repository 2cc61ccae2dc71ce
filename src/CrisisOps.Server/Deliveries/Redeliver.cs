using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>What to send again: some by id, or what was sent to an endpoint from an instant on, of one incident or of all.</summary>
/// <param name="Ids">At most 500.</param>
/// <param name="Recipient">Key of the partner; with <paramref name="Since"/>.</param>
/// <param name="Endpoint">Only this one of its endpoints.</param>
/// <param name="Since">Planned at or after this instant.</param>
/// <param name="AlsoDelivered">
/// Also what arrived already: for a receiver that lost it. Otherwise what was given up. What only asked to confirm an endpoint, or tried one, is of no
/// use once it has arrived.
/// </param>
public sealed record RedeliverRequest(
    IReadOnlyList<string>? Ids = null, string? Recipient = null, string? Endpoint = null, string? Incident = null, DateTimeOffset? Since = null, bool AlsoDelivered = false);

/// <summary><c>POST /v1/deliveries/redeliver</c>: sends again, with the same ids, in the same order. Their attempts go on being counted, and the schedule starts anew.</summary>
public sealed class Redeliver : IRoutes
{
    private const int MostIds = 500;

    private const string UsefulStill = "not (d.state = 'Delivered' and d.kind in ('Verification', 'Test'))";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/v1/deliveries/redeliver", Post);

    private static async Task<IResult> Post(HttpContext http, NpgsqlDataSource database, DeliveryTargets targets, WakeUps wakeUps, TimeProvider clock, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        if (!caller.IsAny([Role.PartnerManager, Role.DutyLead]))
        {
            return Problem.Forbidden("Deliveries are sent again by: partner-manager, duty-lead.");
        }

        var (problem, request) = await JsonBodies.Read<RedeliverRequest>(http);
        if (problem is not null)
        {
            return problem;
        }

        if ((request!.Ids, request.Recipient) is (null or { Count: 0 }, null))
        {
            return Problem.Validation("ids", "Say which: ids, or the recipient.");
        }

        if (request.Ids?.Count > MostIds)
        {
            return Problem.Validation("ids", $"At most {MostIds} at a time.");
        }

        var again = await Again(request, caller, database, targets, clock.GetUtcNow(), cancellation);
        wakeUps.Committed([DeliveryRows.Signal]);
        return Results.Json(new { again }, Json.Stored);
    }

    /// <summary>The ids that go out again; of what this caller may not see none does, and what may not go out any more stays as it is.</summary>
    private static async Task<List<string>> Again(RedeliverRequest request, Caller caller, NpgsqlDataSource database, DeliveryTargets targets, DateTimeOffset now, CancellationToken cancellation)
    {
        string[] states = request.AlsoDelivered ? ["Exhausted", "Delivered"] : ["Exhausted"];
        var aims = await targets.Of(await Asked(request, caller, states, database, cancellation), cancellation);
        await using var command = database.Statement(
            """
            with well as (delete from crisis.endpoint_health where target in (select target from crisis.deliveries where id = any ($2)))
            update crisis.deliveries set state = 'Queued', reason = null, next_at = $1, leased_until = null, settled_at = null, restarts = attempts
             where id = any ($2) and state = any ($3) returning id
            """,
            now, aims.Where(a => a.Value.Aim is not null).Select(a => a.Key).ToArray(), states);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> again = [];
        while (await reader.ReadAsync(cancellation))
        {
            again.Add(reader.GetString(0));
        }

        return again;
    }

    private static async Task<List<Addressed>> Asked(
        RedeliverRequest request, Caller caller, string[] states, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var (from, seen) = ListDeliveries.Seen(caller, arguments);
        List<string> where = [seen, $"not (d.covers is not null and {ListDeliveries.Amended})", "d.endpoint <> ''", UsefulStill, $"d.state = any ({arguments.Add(states)})"];
        void Add(string condition, object? value)
        {
            if (value is not null)
            {
                where.Add($"{condition} {arguments.Add(value)}");
            }
        }

        Add("d.recipient =", request.Recipient);
        Add("d.endpoint =", request.Endpoint);
        Add("d.incident =", request.Incident);
        Add("d.created_at >=", request.Since);
        if (request.Ids is { Count: > 0 } ids)
        {
            where.Add($"d.id = any ({arguments.Add(ids.ToArray())})");
        }

        await using var command = database.Statement(
            $"select d.id, d.incident, d.recipient, d.endpoint, d.kind, d.tlp, d.audience from {from} where {string.Join(" and ", where)} order by d.position limit 100000", arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Addressed> asked = [];
        while (await reader.ReadAsync(cancellation))
        {
            asked.Add(new Addressed(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), Enum.Parse<DeliveryKind>(reader.GetString(4)), (Tlp)reader.GetInt16(5),
                reader.IsDBNull(6) ? null : (Audience)reader.GetInt16(6), null));
        }

        return asked;
    }
}
