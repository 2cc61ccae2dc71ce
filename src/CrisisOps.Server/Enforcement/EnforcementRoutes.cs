using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Enforcement;

/// <summary>Whether orders reach the platform, and a message to try it.</summary>
public sealed class EnforcementRoutes : IRoutes
{
    private static readonly Role[] _operators = [Role.DutyLead, Role.Admin];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/enforcement/status", Status);
        app.MapPost("/v1/enforcement/test", Test);
    }

    private static async Task<IResult> Status(HttpContext http, EnforcementSettings settings, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (!Callers.Of(http).IsAny(_operators))
        {
            return Problem.Forbidden("How orders reach the platform is read by: duty-lead, admin.");
        }

        var status = (await EndpointStatus.Of(PlatformRecipients.Key, database, cancellation)).FirstOrDefault(s => s.Endpoint == PlatformRecipients.Endpoint);
        return Results.Json(
            new
            {
                settings.Configured,
                Host = settings.Place()?.Authority, // a path or a query may hold a token
                Waiting = status?.Waiting ?? 0,
                status?.OldestWaiting,
                status?.LastDelivered,
                DeadLetters = status?.DeadLetters ?? 0,
                FailuresInARow = status?.FailuresInARow ?? 0,
                status?.LeftAloneUntil,
                LastTest = await LastTest(database, cancellation),
            },
            Json.Stored);
    }

    private static async Task<IResult> Test(HttpContext http, EnforcementSettings settings, DeliveryRows rows, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Callers.Of(http).IsAny(_operators))
        {
            return Problem.Forbidden("Orders are tried by: duty-lead, admin.");
        }

        if (!settings.Configured)
        {
            return Problem.Validation("enforcement", "No order goes out: Enforcement:Url is not configured.");
        }

        var id = DeliveryRows.IdOf(Guid.NewGuid().ToString(), DeliveryKind.Test, PlatformRecipients.Key, PlatformRecipients.Endpoint);
        var message = new RenderedMessage("enforcement_test", "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Specversion = "1.0",
                Id = id,
                Source = "/v1/enforcement",
                Type = "org.crisisops.enforcement.enforcement_test.v1",
                Subject = PlatformRecipients.Endpoint,
                Time = clock.GetUtcNow(),
                Datacontenttype = "application/json",
                Dataclassification = TlpNames.Of(Tlp.CLEAR),
                Data = new { Text = "This is a test. Nothing has happened, and nothing needs to be done." },
            },
            Json.Stored));
        await rows.Add(
            [new PlannedDelivery(id, PlatformRecipients.Key, DeliveryKind.Test, PlatformRecipients.Endpoint, PlatformRecipients.Key, PlatformRecipients.Endpoint, Channel.Platform, Tlp.CLEAR, false, message)],
            cancellation);
        return Results.Json(new { delivery = id }, Json.Stored, statusCode: 202);
    }

    /// <summary>A test is about no incident, so no list of deliveries has it.</summary>
    private static async Task<object?> LastTest(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select d.id, d.state, d.attempts, (select a.status from crisis.delivery_attempts a where a.delivery = d.id order by a.n desc limit 1)
              from crisis.deliveries d where d.recipient = $1 and d.kind = 'Test' order by d.position desc limit 1
            """,
            PlatformRecipients.Key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new { Delivery = reader.GetString(0), State = reader.GetString(1), Attempts = reader.GetInt32(2), Status = reader.IsDBNull(3) ? null : reader.GetString(3) }
            : null;
    }
}
