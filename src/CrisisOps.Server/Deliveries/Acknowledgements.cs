using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;
using Wolverine;

namespace CrisisOps.Server.Deliveries;

/// <summary>An acknowledgement of a delivery becomes one of the incident: the incident decides, and its event settles the delivery.</summary>
public sealed class Acknowledgements(NpgsqlDataSource database, PartnerDirectory partners, StreamLoader loader, IServiceScopeFactory scopes)
{
    /// <summary>What became of it; null when there is nothing to acknowledge.</summary>
    /// <param name="by">The person or system that says so.</param>
    public async Task<AcknowledgementResult?> Give(string delivery, string by, Channel? through, CancellationToken cancellation)
    {
        if (await Find(delivery, cancellation) is not var (incident, alert, recipient, channel) || await partners.Of(recipient, cancellation) is not { } partner)
        {
            return null;
        }

        // The alert calls the partner by the name that was written there.
        var crisis = (Crisis)(await loader.Load([incident], cancellation))[incident].State;
        if (PartnerDirectory.NameIn(crisis.Alerts.Find(a => a.AlertId == alert), partner) is not { } name)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var reply = await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<Reply>(
            new Order<RecordPartnerAck>(incident, new RecordPartnerAck(alert, name, through ?? channel, by), Caller.System, OrderTerms.None), cancellation);
        return reply switch
        {
            Reply.Done => AcknowledgementResult.Recorded,
            Reply.Refused { Refusal.Guard: "acknowledged-once" } => AcknowledgementResult.Before,
            Reply.Refused => AcknowledgementResult.Over,
            _ => AcknowledgementResult.Busy,
        };
    }

    private async Task<(string Incident, string Alert, string Recipient, Channel Channel)?> Find(string delivery, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select incident, about, recipient, channel from crisis.deliveries where id = $1 and kind in ('Alert', 'AlertUpdate') and state <> 'Suppressed'", delivery);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), reader.GetString(1), reader.GetString(2), Enum.Parse<Channel>(reader.GetString(3))) : null;
    }
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
