using System.Collections.Immutable;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Enforcement;

/// <summary>An order as it was written down.</summary>
/// <param name="About">The decision, or the interim action.</param>
/// <param name="Ends">It undoes an interim action.</param>
public sealed record OrderOut(string Id, string Escalation, string About, ImmutableArray<OrderedAction> Actions, bool Ends);

/// <summary>The orders that were planned, read from the bytes that went out: what was asked for is what they say.</summary>
public sealed class OrdersOut(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Mine = "kind = 'EnforcementOrder' and recipient = 'PLATFORM-enforcement'";

    /// <summary>The orders of these ids; what is none is not there.</summary>
    public async Task<Dictionary<string, OrderOut>> Of(string[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        await using var command = database.Statement($"select id, incident, about, body from crisis.deliveries where id = any ($1) and {Mine}", (object)ids);
        return await Read(command, cancellation);
    }

    /// <summary>An order that can have come to the platform; null for one that never went there, and for what is none.</summary>
    public async Task<OrderOut?> Sent(string id, CancellationToken cancellation)
    {
        await using var command = database.Statement($"select id, incident, about, body from crisis.deliveries where id = $1 and {Mine} and (state <> 'Suppressed' or attempts > 0)", id);
        return (await Read(command, cancellation)).GetValueOrDefault(id);
    }

    /// <summary>Whether an order about this can have come to the platform, or still waits.</summary>
    public async Task<bool> Any(string escalation, string about, CancellationToken cancellation)
    {
        await using var command = database.Statement($"select 1 from crisis.deliveries where incident = $1 and about = $2 and {Mine} and (state <> 'Suppressed' or attempts > 0) limit 1", escalation, about);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    /// <summary>The platform has spoken: whatever became of the attempts, it has the order, and is sent it no more.</summary>
    public async Task Acknowledge(string id, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"""
            update crisis.deliveries set state = 'Acknowledged', reason = null, acknowledged_at = $2, acknowledged_by = 'platform', acknowledged_through = 'Platform', settled_at = coalesce(settled_at, $2),
                   leased_until = null
             where id = $1 and {Mine} and acknowledged_at is null
            """,
            id, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<Dictionary<string, OrderOut>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        Dictionary<string, OrderOut> orders = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetString(0);
            if (Read(reader.GetFieldValue<byte[]>(3)) is { } message)
            {
                orders[id] = new OrderOut(id, reader.GetString(1), reader.GetString(2), message.Data.Actions, message.Type == EnforcementMessage.Ended);
            }
        }

        return orders;
    }

    /// <summary>Null for an order of a newer server that this one can not read: that must not hold up what others are sent.</summary>
    private static EnforcementMessage? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<EnforcementMessage>(body, Json.Stored);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
