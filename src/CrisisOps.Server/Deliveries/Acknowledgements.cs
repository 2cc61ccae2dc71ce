using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Contacts;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>An acknowledgement of a delivery becomes one of the incident, where it waits for it: the incident decides, and for an alert its event settles the delivery.</summary>
public sealed class Acknowledgements(NpgsqlDataSource database, PartnerDirectory partners, ContactReaders readers, StreamLoader loader, TimeProvider clock, IServiceScopeFactory scopes)
{
    /// <summary>What became of it; null when there is nothing to acknowledge.</summary>
    /// <param name="by">The person or system that says so.</param>
    public async Task<AcknowledgementResult?> Give(string delivery, string by, Channel? through, CancellationToken cancellation)
    {
        if (await Find(delivery, cancellation) is not { } found)
        {
            return null;
        }

        return found.Kind is DeliveryKind.Alert or DeliveryKind.AlertUpdate ? await OfPartner(found, by, through, cancellation) : await OfContact(delivery, found, by, through, cancellation);
    }

    private async Task<AcknowledgementResult?> OfPartner(Acknowledged found, string by, Channel? through, CancellationToken cancellation)
    {
        // The alert calls the partner by the name that was written there.
        if (await partners.Of(found.Recipient, cancellation) is not { } partner || await Crisis(found.Incident, cancellation) is not { } crisis
            || PartnerDirectory.NameIn(crisis.Alerts.Find(a => a.AlertId == found.About), partner) is not { } name)
        {
            return null;
        }

        return await scopes.Give(found.Incident, new RecordPartnerAck(found.About, name, through ?? found.Channel, by), Caller.System, cancellation) switch
        {
            Reply.Done => AcknowledgementResult.Recorded,
            Reply.Refused { Refusal.Guard: "acknowledged-once" } => AcknowledgementResult.Before,
            Reply.Refused => AcknowledgementResult.Over,
            _ => AcknowledgementResult.Busy,
        };
    }

    /// <summary>A colleague has read it. Where the crisis waits for that, it is told as that colleague.</summary>
    private async Task<AcknowledgementResult?> OfContact(string delivery, Acknowledged found, string by, Channel? through, CancellationToken cancellation)
    {
        if ((await loader.Load([found.Recipient], cancellation))[found.Recipient].State is not Contact contact)
        {
            return null;
        }

        if (found.Kind is DeliveryKind.Update or DeliveryKind.Correction && (await readers.Of([contact], cancellation)).TryGetValue(contact.Key, out var caller)
            && (await Crisis(found.Incident, cancellation))?.Updates.Find(u => u.UpdateId == found.About || u.BaseId == found.About) is { AckDueAt: not null } update
            && await scopes.Give(found.Incident, new AcknowledgeUpdate(update.UpdateId), caller, cancellation) is Reply.Busy)
        {
            return AcknowledgementResult.Busy;
        }

        await using var command = database.Statement(
            """
            update crisis.deliveries set state = 'Acknowledged', acknowledged_at = $2, acknowledged_by = $3, acknowledged_through = $4, settled_at = coalesce(settled_at, $2)
             where id = $1 and acknowledged_at is null and state in ('Queued', 'Delivered', 'Exhausted')
            """,
            delivery, clock.GetUtcNow(), by, (through ?? found.Channel).ToString());
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? AcknowledgementResult.Recorded : AcknowledgementResult.Before;
    }

    private async Task<Crisis?> Crisis(string key, CancellationToken cancellation) =>
        key.StartsWith("CR-", StringComparison.Ordinal) ? (Crisis)(await loader.Load([key], cancellation))[key].State : null;

    /// <summary>What can be acknowledged: alerts, and news that went to a contact.</summary>
    private async Task<Acknowledged?> Find(string delivery, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select incident, about, recipient, channel, kind from crisis.deliveries
             where id = $1 and state <> 'Suppressed' and (kind in ('Alert', 'AlertUpdate') or (recipient like 'CNT-%' and covers is not null))
            """,
            delivery);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Acknowledged(reader.GetString(0), reader.GetString(1), reader.GetString(2), Enum.Parse<Channel>(reader.GetString(3)), Enum.Parse<DeliveryKind>(reader.GetString(4)))
            : null;
    }

    private sealed record Acknowledged(string Incident, string About, string Recipient, Channel Channel, DeliveryKind Kind);
}

public enum AcknowledgementResult
{
    Recorded,

    /// <summary>It was acknowledged already; saying it again is no fault.</summary>
    Before,

    /// <summary>The incident takes no acknowledgement any more.</summary>
    Over,

    Busy,
}
