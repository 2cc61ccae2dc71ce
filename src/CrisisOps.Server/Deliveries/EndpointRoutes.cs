using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;
using Npgsql;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Deliveries;

/// <summary>What a partner manager needs to set up an endpoint: its secrets, a message to try it, and how it does.</summary>
public sealed class EndpointRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/partners/{key}/endpoints/{endpoint}/secrets", Secrets);
        app.MapPost("/v1/partners/{key}/endpoints/{endpoint}/test", Test);
        app.MapGet("/v1/partners/{key}/status", Status);
    }

    private static async Task<IResult> Secrets(
        string key, string endpoint, HttpContext http, StreamKinds kinds, StreamStates states, PartnerRecipients recipients, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Callers.Of(http).Is(Role.PartnerManager))
        {
            return Problem.Forbidden("Secrets are read by: partner-manager.");
        }

        if (await Find(key, endpoint, http, kinds, states, cancellation) is not var (partner, found))
        {
            return Problem.NotFound;
        }

        return ShownSecrets.Of(http, recipients.Secrets(partner, found, clock.GetUtcNow()), found.SecretGeneration, found.OldSecretUntil);
    }

    private static async Task<IResult> Test(
        string key, string endpoint, HttpContext http, StreamKinds kinds, StreamStates states, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation)
    {
        if (!Callers.Of(http).Is(Role.PartnerManager))
        {
            return Problem.Forbidden("Endpoints are tried by: partner-manager.");
        }

        if (await Find(key, endpoint, http, kinds, states, cancellation) is not var (partner, found))
        {
            return Problem.NotFound;
        }

        var message = await messages.Of(DeliveryKind.Test, Reach.Of(partner, found), Audience.Partner, Guid.NewGuid(), cancellation);
        if ((PartnerRecipients.Refused(DeliveryKind.Test, Tlp.CLEAR, partner, found) ?? message.Suppressed) is { } why)
        {
            return Problem.Validation("endpoint", $"Nothing is sent there: {why}.");
        }

        await rows.Add([message], cancellation);
        return Results.Json(new { delivery = message.Id }, Json.Stored, statusCode: 202);
    }

    private static async Task<IResult> Status(string key, HttpContext http, StreamKinds kinds, StreamStates states, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (kinds.Find(key) is not { Prefix: "PRT" } kind || await states.Seen(kind, key, Callers.Of(http), cancellation) is not (_, <= Audience.CrossFunctional))
        {
            return Problem.NotFound;
        }

        return Results.Json(new { items = await EndpointStatus.Of(key, database, cancellation) }, Json.Stored);
    }

    private static async Task<(Partner Partner, Endpoint Endpoint)?> Find(string key, string endpoint, HttpContext http, StreamKinds kinds, StreamStates states, CancellationToken cancellation) =>
        kinds.Find(key) is { Prefix: "PRT" } kind && await states.Seen(kind, key, Callers.Of(http), cancellation) is ({ State: Partner partner }, _)
        && partner.Endpoints.Find(e => e.EndpointId == endpoint && !e.Removed) is { } found
            ? (partner, found)
            : null;
}
