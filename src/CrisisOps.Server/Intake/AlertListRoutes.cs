using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>The alerts behind a case, those that raised nothing, as they stand or as they stood, and the receipt of one for its sender.</summary>
public sealed class AlertListRoutes : IRoutes
{
    private const string Mark = "alerts";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/escalations/{key}/alerts", OfEscalation);
        app.MapGet("/v1/alerts/kept", Kept);
        app.MapGet("/v1/receipts/{receipt}", Receipt).AllowAnonymous(); // with the key of the source
    }

    /// <summary>For Core alone: whose reports they are stays there (domain §4).</summary>
    private static async Task<IResult> OfEscalation(string key, HttpContext http, StreamKinds kinds, StreamStates states, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.ClockName, "cursor", "limit");
        var (past, limit, cursor) = (Past.Of(query), query.Limit, query.Text("cursor"));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (await states.Seen(kinds.Of<Escalation>(), key, Callers.Of(http), cancellation) is not { Audience: Audience.Core } seen
            || (past is not null && await states.Then(key, past, cancellation) is null))
        {
            return Problem.NotFound;
        }

        var arguments = new SqlArguments();
        var state = (Escalation)seen.Held.State;
        var where = $"a.escalation = {arguments.Add(key)} and {AlertSight.Behind("a", state, Callers.Of(http), arguments)}";
        return await Page(database, past, where, arguments, key, state.Tlp, cursor, limit, cancellation);
    }

    private static async Task<IResult> Kept(HttpContext http, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        if (!caller.IsAny(AlertSight.ReadersOfKept))
        {
            return Problem.Forbidden("Alerts that raised nothing are read by: specialist, duty-lead.");
        }

        var query = new Queries(http, "source", "reason", Past.AsOfName, Past.ClockName, "cursor", "limit");
        var (past, limit, cursor, source, reasons) = (Past.Of(query), query.Limit, query.Text("cursor"), query.Text("source"), query.Names<KeptReason>("reason"));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var arguments = new SqlArguments();
        var where = AlertSight.Kept("a", caller, arguments);
        where += source is null ? "" : $" and a.source = {arguments.Add(source)}";
        where += reasons is null ? "" : $" and a.reason = any ({arguments.Add(reasons)})";
        return await Page(database, past, where, arguments, "kept", Tlp.CLEAR, cursor, limit, cancellation);
    }

    private static async Task<IResult> Page(
        NpgsqlDataSource database, Past? past, string where, SqlArguments arguments, string of, Tlp atLeast, string? cursor, int limit, CancellationToken cancellation)
    {
        var mark = Past.Mark($"{Mark}-{of}", past);
        if (cursor is not null)
        {
            if (Cursors.Read(mark, cursor, 2) is not [var ticks, var id] || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) || !Guid.TryParse(id, out var last) || at is < 0 or > 3_155_378_975_999_999_999)
            {
                return Problem.Validation("cursor", "is none of this list");
            }

            where += $" and (a.received_at, a.id) < ({arguments.Add(new DateTimeOffset(at, TimeSpan.Zero))}, {arguments.Add(last)})";
        }

        var from = past is null ? "crisis.alerts" : AlertsThen.Sql(past, arguments);
        await using var command = database.Statement($"select {AlertView.Columns} from {from} a where {where} order by a.received_at desc, a.id desc limit {limit + 1}", arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new JsonPage();
        AlertView? newest = null;
        while (await reader.ReadAsync(cancellation))
        {
            if (page.Count == limit)
            {
                page.Next = Cursors.Write(mark, newest!.ReceivedAt.UtcTicks, newest.Receipt);
                break;
            }

            newest = AlertView.Read(reader, atLeast);
            page.Add(JsonSerializer.Serialize(newest, Json.Stored));
        }

        return page;
    }

    /// <summary>What its sender may know: that it is kept, since when, and of which bytes; never what became of it (domain §9.5).</summary>
    private static async Task<IResult> Receipt(string receipt, HttpContext http, SourceProof proof, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (SourceProof.KeyIn(http.Request.Headers) is not { } key || await proof.ByKey(key, cancellation) is not { Standing: SourceStanding.Good } sender)
        {
            return Problem.Unauthenticated with { Detail = "Send the key of the source: Authorization: Bearer <key>." };
        }

        if (!Guid.TryParse(receipt, out var id))
        {
            return Problem.NotFound;
        }

        await using var command = database.Statement(
            "select reference, format, received_at, hash, body from crisis.alerts where id = $1 and owner = $2", id, sender.Source.PartnerId ?? sender.Source.Key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return Problem.NotFound;
        }

        using var body = JsonDocument.Parse(reader.GetString(4));
        return Results.Json(
            new
            {
                Receipt = id,
                ExternalRef = reader.GetString(0),
                Format = reader.GetString(1),
                ReceivedAt = reader.GetFieldValue<DateTimeOffset>(2),
                Hash = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(3)),
                Marks = body.RootElement.TryGetProperty("marks", out var marks) ? marks.Clone() : (JsonElement?)null,
            },
            Json.Stored);
    }
}
