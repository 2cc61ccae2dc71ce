using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>A CAP message that was planned for a partner.</summary>
/// <param name="Chain">The alert that it is of, by its first message.</param>
/// <param name="Sent">When its event was recorded.</param>
/// <param name="Xml">As it was rendered when it was planned; null for what went out in another form.</param>
public sealed record CapPlanned(string Incident, string AlertId, string Chain, DeliveryKind Kind, Tlp Tlp, DateTimeOffset Sent, byte[]? Xml);

/// <summary>
/// What a partner finds in its feed: each message that was planned for it, once, however it went out and whatever became of that. The
/// clearance that the partner has now decides.
/// </summary>
public sealed class CapInbox(NpgsqlDataSource database, StreamLoader loader, EventTypes types, AlertCap cap)
{
    private const int Most = 100;

    /// <summary>The newest first, at most 100.</summary>
    /// <param name="reader">The partner itself, or a colleague, who finds only what they may see too.</param>
    /// <param name="since">Sent at this instant or later.</param>
    /// <param name="alertId">This message only.</param>
    /// <param name="past">What it found then; null for now.</param>
    public async Task<IReadOnlyList<CapPlanned>> Of(Partner partner, Caller reader, DateTimeOffset? since, string? alertId, Past? past, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var deliveries = ListDeliveries.Table(past, arguments);
        var (from, seen) = reader.Is(Role.Partner) ? ($"{deliveries} d", "true") : ListDeliveries.Seen(reader, arguments, deliveries: deliveries);
        // What was taken back before it was sent may have been read here: then the all clear is here too, though none was sent.
        await using var command = database.Statement(
            $"""
            select d.incident, d.about, max(d.kind), max(d.tlp), (array_agg(d.body) filter (where d.content_type = 'application/cap+xml' and d.state <> 'Suppressed'))[1]
              from {from}
             where {seen} and d.recipient = {arguments.Add(partner.Key)} and d.kind in ('Alert', 'AlertUpdate', 'AlertCancel') and d.tlp <= {(int)partner.TlpClearance}
               and (d.state <> 'Suppressed' or d.reason = 'never-told' and exists (
                   select 1 from {deliveries} a where a.recipient = d.recipient and a.incident = d.incident and a.state = 'Cancelled' and a.reason = 'alert-over' and a.position < d.position))
               {(since is { } at ? $"and d.created_at >= {arguments.Add(at)}" : "")} {(alertId is null ? "" : $"and d.about = {arguments.Add(alertId)}")}
             group by d.incident, d.about order by min(d.position) desc limit {Most}
            """,
            arguments.Values);
        List<(string Incident, string AlertId, DeliveryKind Kind, Tlp Tlp, byte[]? Xml)> planned = [];
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                planned.Add((
                    rows.GetString(0), rows.GetString(1), Enum.Parse<DeliveryKind>(rows.GetString(2)), (Tlp)rows.GetInt16(3), rows.IsDBNull(4) ? null : rows.GetFieldValue<byte[]>(4)));
            }
        }

        var crises = planned.Count == 0 ? [] : await loader.Load([.. planned.Select(p => p.Incident).Distinct(StringComparer.Ordinal)], cancellation);
        return
        [
            .. planned.Select(p => (Planned: p, Alert: ((Crisis)crises[p.Incident].State).Alerts.Find(a => a.AlertId == p.AlertId)))
                .Where(p => p.Alert is { } alert && !(alert.SentAt < since) && !(alert.SentAt > past?.Until))
                .Select(p => new CapPlanned(p.Planned.Incident, p.Planned.AlertId, p.Alert!.Chain, p.Planned.Kind, p.Planned.Tlp, p.Alert.SentAt, p.Planned.Xml))
                .OrderByDescending(p => p.Sent),
        ];
    }

    /// <summary>The message for this partner; null when a rule of CAP forbids it.</summary>
    public async Task<byte[]?> Rendered(CapPlanned message, Partner partner, CancellationToken cancellation) => message.Xml ?? await FromEvent(message, partner, cancellation);

    private async Task<byte[]?> FromEvent(CapPlanned message, Partner partner, CancellationToken cancellation)
    {
        // The first event that names a message is the one that makes it; acknowledgements name it later.
        await using var command = database.Statement(
            """
            select type, data::text, version, timestamp, user_name, headers::text from crisis.mt_events
             where stream_id = $1 and timestamp = $2 and data ->> 'alertId' = $3 order by version limit 1
            """,
            message.Incident, message.Sent, message.AlertId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }

        var told = types.Read(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        var stamp = EventHeaders.Read(
            reader.IsDBNull(5) ? default : reader.GetFieldValue<byte[]>(5), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetString(4));
        var then = await cap.Then(message.Incident, stamp.Version, cancellation);
        // The alert calls the partner by the name that was written there.
        var name = then.Alerts.Find(a => a.AlertId == message.AlertId)?.Recipients.FirstOrDefault(r => r == partner.Key || PartnerNameGuard.FactId(r) == PartnerNameGuard.FactId(partner.Name));
        return name is null ? null : cap.Of(told, then, stamp, name);
    }
}
