using System.Collections.Immutable;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>What whoever connects a source needs to see: with what it signs, and whether it is heard of.</summary>
public sealed class SourceRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/sources/{key}/signing-secrets", Secrets);
        app.MapGet("/v1/sources/{key}/uses", Uses);
    }

    private static async Task<IResult> Secrets(string key, HttpContext http, StreamKinds kinds, StreamStates states, SigningSecrets secrets, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Callers.Of(http).IsAny([Role.PartnerManager, Role.Admin]))
        {
            return Problem.Forbidden("Secrets are read by: partner-manager, admin.");
        }

        return await Seen(key, http, kinds, states, cancellation) is { } source
            ? ShownSecrets.Of(http, secrets.Of(source, clock.GetUtcNow()), source.SigningGeneration, source.OldSigningUntil)
            : Problem.NotFound;
    }

    private static async Task<IResult> Uses(string key, HttpContext http, StreamKinds kinds, StreamStates states, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (await Seen(key, http, kinds, states, cancellation) is null)
        {
            return Problem.NotFound;
        }

        await using var command = database.Statement(
            "select s.last_heard, s.uses, k.key_id, k.last_used, k.uses from crisis.source_uses s left join crisis.key_uses k on k.source = s.source where s.source = $1 order by k.key_id", key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        DateTimeOffset? heard = null;
        var uses = 0L;
        List<object> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            (heard, uses) = (reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1));
            if (!reader.IsDBNull(2))
            {
                keys.Add(new { KeyId = reader.GetString(2), LastUsed = reader.GetFieldValue<DateTimeOffset>(3), Uses = reader.GetInt64(4) });
            }
        }

        return Results.Json(new { LastHeard = heard, Uses = uses, Keys = keys }, Json.Stored);
    }

    /// <summary>Null for whoever reads no more of it than that it is there.</summary>
    private static async Task<AlertSource?> Seen(string key, HttpContext http, StreamKinds kinds, StreamStates states, CancellationToken cancellation) =>
        kinds.Find(key) is AlertSourceStream kind && await states.Seen(kind, key, Callers.Of(http), cancellation) is ({ State: AlertSource source }, <= Audience.CrossFunctional) ? source : null;
}

/// <summary>The secrets with which a source signs (Standard Webhooks).</summary>
public sealed class SigningSecrets(SecretKey key)
{
    /// <summary>What its signatures are held against now, the newest first; none while it has no secret.</summary>
    public ImmutableArray<byte[]> Of(AlertSource source, DateTimeOffset now) =>
        source.SigningGeneration == 0 ? [] : SecretKey.Valid(generation => key.OfSource(source.Key, generation), source.SigningGeneration, source.OldSigningUntil, now);
}
