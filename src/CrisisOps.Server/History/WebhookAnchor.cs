using System.Globalization;
using System.Text.Json;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>A signed POST of each head, as Standard Webhooks 1.0.0 says. The operator chose the place; the client reaches it and nothing else. With several nodes a head may come twice, under one id.</summary>
public sealed class WebhookAnchor(AnchorSettings settings, NpgsqlDataSource database, TimeProvider clock, IConfiguration configuration) : IAnchor, IDisposable
{
    private readonly EgressClient _egress = new(EgressGuard.Only(settings.Place()), clock, configuration);

    public string Kind => "webhook";

    public string Name => settings.Place().GetLeftPart(UriPartial.Path);

    public async Task<long> Reached(CancellationToken cancellation)
    {
        await using var command = database.Statement("select size from crisis.history_anchors where name = $1", Name);
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    public async Task<string?> Keep(SignedHead head, CancellationToken cancellation)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"head-{head.KeyId}-{head.Size}");
        var message = new OutgoingMessage(id, settings.Webhook!, "", "application/json", JsonSerializer.SerializeToUtf8Bytes(head, LineJson.Options), [settings.Key()], clock.GetUtcNow());
        var outcome = await _egress.PostSigned(message, cancellation);
        if (outcome.Result != AttemptResult.Delivered)
        {
            return outcome.Status;
        }

        await using var command = database.Statement(
            "insert into crisis.history_anchors as a (name, size) values ($1, $2) on conflict (name) do update set size = greatest(a.size, excluded.size)", Name, head.Size);
        await command.ExecuteNonQueryAsync(cancellation);
        return null;
    }

    public void Dispose() => _egress.Dispose();
}
