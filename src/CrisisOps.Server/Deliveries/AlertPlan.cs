using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Deliveries;

/// <summary>Decides who gets a message of an alert and where, and who does not and why; both stand on the record.</summary>
public sealed class AlertPlan(PartnerDirectory partners, AlertMessages messages, ReplyCodes codes, NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly Dictionary<string, string> _noCodes = [];

    /// <summary>What goes to everybody who is named.</summary>
    /// <param name="cap">The message as CAP for one recipient, by name.</param>
    public async Task<IReadOnlyList<PlannedDelivery>> Tell(AlertNews news, DeliveryKind kind, IReadOnlyList<string> names, bool exercise, Func<string, byte[]?> cap, CancellationToken cancellation)
    {
        var known = await partners.Named(names, cancellation);
        var replies = await Codes(news, kind, known.Values, cancellation);
        List<PlannedDelivery> planned = [];
        foreach (var name in names)
        {
            planned.Add(known.GetValueOrDefault(name) is { } partner
                ? await Planned(news, kind, partner, First(partner), exercise, () => cap(name), replies, cancellation)
                : Unreachable(news, kind, name, "unknown-partner"));
        }

        return planned;
    }

    /// <summary>That it is over, to those who may have been told that it began, where they were told; and what goes on for them.</summary>
    /// <param name="open">The messages of all alerts that go on, oldest first.</param>
    public async Task<IReadOnlyList<PlannedDelivery>> TellOver(
        AlertNews news, IReadOnlyList<PartnerAlert> open, IReadOnlyList<string> names, bool exercise, Func<string, byte[]?> cap, CancellationToken cancellation)
    {
        var told = await Told(news.Incident, news.References, cancellation);
        var asked = await Asked(news.Incident, open, cancellation);
        var known = await partners.Named(names, cancellation);
        List<PlannedDelivery> planned = [];
        foreach (var name in names)
        {
            if (known.GetValueOrDefault(name) is not { } partner)
            {
                planned.Add(Unreachable(news, DeliveryKind.AlertCancel, name, "unknown-partner"));
                continue;
            }

            var own = news with { StillOpen = [.. asked[partner.Key].Where(a => a.Tlp <= partner.TlpClearance).Select(a => a.Chain).Distinct(StringComparer.Ordinal)] };
            foreach (var endpoint in told[partner.Key].Select(id => partner.Endpoints.Find(e => e.EndpointId == id)))
            {
                planned.Add(await Planned(own, DeliveryKind.AlertCancel, partner, endpoint, exercise, () => cap(name), _noCodes, cancellation));
            }

            if (!told.Contains(partner.Key))
            {
                planned.Add(Unreachable(news, DeliveryKind.AlertCancel, partner.Key, "never-told"));
            }
        }

        return planned;
    }

    /// <summary>The acknowledgement is overdue: the telephone is next, which a person takes up.</summary>
    public async Task<PlannedDelivery> Fallback(AlertNews news, string name, bool exercise, CancellationToken cancellation)
    {
        var known = await partners.Named([name], cancellation);
        return known.GetValueOrDefault(name) is not { } partner ? Unreachable(news, DeliveryKind.Alert, name, "unknown-partner")
            : partner.Endpoints.Find(e => e is { Usable: true, Channel: Channel.Phone }) is { } phone ? await Planned(news, DeliveryKind.Alert, partner, phone, exercise, () => null, _noCodes, cancellation)
            : Unreachable(news, DeliveryKind.Alert, partner.Key, "no-phone", Channel.Phone);
    }

    /// <summary>A partner has acknowledged: what still waits for it is not sent, and what was sent is acknowledged.</summary>
    /// <param name="alerts">The message that was acknowledged, and those of the same alert before it.</param>
    public async Task Acknowledged(string incident, IReadOnlyList<string> alerts, string name, string by, Channel channel, DateTimeOffset at, CancellationToken cancellation)
    {
        var partner = (await partners.Named([name], cancellation)).GetValueOrDefault(name)?.Key ?? name;
        await using var command = database.Statement(
            """
            update crisis.deliveries set state = case when state = 'Queued' then 'Cancelled' else 'Acknowledged' end, reason = case when state = 'Queued' then 'acknowledged' else reason end,
                   acknowledged_at = $4, acknowledged_by = $5, acknowledged_through = $6, settled_at = coalesce(settled_at, $4), leased_until = null
             where incident = $1 and about = any ($2) and recipient = $3 and kind in ('Alert', 'AlertUpdate') and state in ('Queued', 'Delivered', 'Exhausted') and acknowledged_at is null
            """,
            incident, alerts.ToArray(), partner, at, by, channel.ToString());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Takes back what waits or was given up of an alert that is over. What is on its way keeps its place before the all clear; if it does not arrive
    /// now, it is not sent again.
    /// </summary>
    public async Task Withdraw(string incident, IReadOnlyList<string> chain, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            update crisis.deliveries d set reason = 'alert-over', state = case when d.state = 'Queued' and d.leased_until > clock_timestamp() then 'Queued' else 'Cancelled' end,
                   settled_at = case when d.state = 'Queued' and d.leased_until > clock_timestamp() then null else $3 end
             where d.incident = $1 and d.about = any ($2) and d.kind in ('Alert', 'AlertUpdate') and d.state in ('Queued', 'Exhausted')
            """,
            incident, chain.ToArray(), clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Where an alert may have arrived: an attempt that failed may have been read all the same, and so may one of which no outcome is known.</summary>
    private async Task<ILookup<string, string>> Told(string incident, IReadOnlyList<string> chain, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select distinct recipient, endpoint from crisis.deliveries where incident = $1 and about = any ($2) and kind in ('Alert', 'AlertUpdate') and state <> 'Suppressed'
               and (state in ('Delivered', 'Acknowledged') or attempts > 0 or leased_until is not null)
            """,
            incident, chain.ToArray());
        List<(string Recipient, string Endpoint)> told = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            told.Add((reader.GetString(0), reader.GetString(1)));
        }

        return told.ToLookup(t => t.Recipient, t => t.Endpoint, StringComparer.Ordinal);
    }

    /// <summary>What partners were told of alerts that go on, or will be: the alert of each message, and how secret that is.</summary>
    private async Task<ILookup<string, (string Chain, Tlp Tlp)>> Asked(string incident, IReadOnlyList<PartnerAlert> open, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select d.recipient, u.chain, d.tlp from crisis.deliveries d join unnest($2::text[], $3::text[]) as u (about, chain) on u.about = d.about
             where d.incident = $1 and d.kind in ('Alert', 'AlertUpdate') and d.state <> 'Suppressed' order by d.position
            """,
            incident, open.Select(a => a.AlertId).ToArray(), open.Select(a => a.Chain).ToArray());
        List<(string Recipient, string Chain, Tlp Tlp)> asked = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            asked.Add((reader.GetString(0), reader.GetString(1), (Tlp)reader.GetInt16(2)));
        }

        return asked.ToLookup(a => a.Recipient, a => (a.Chain, a.Tlp), StringComparer.Ordinal);
    }

    /// <summary>The first way that reaches the partner without a person, in the order in which they were registered.</summary>
    private static Endpoint? First(Partner partner) =>
        partner.Endpoints.Find(e => e is { Usable: true, Channel: not Channel.Phone })
        ?? partner.Endpoints.Find(e => e.Usable);

    /// <summary>The codes of the messages that carry one, by the ids that those messages will have.</summary>
    private async Task<IReadOnlyDictionary<string, string>> Codes(AlertNews news, DeliveryKind kind, IEnumerable<Partner> told, CancellationToken cancellation) =>
        news.AckDueAt is null ? _noCodes : await codes.For(
            [.. told.DistinctBy(p => p.Key).Select(p => (p.Key, Endpoint: First(p))).Where(p => p.Endpoint is { } endpoint && AlertMessages.CarriesCode(endpoint))
                .Select(p => DeliveryRows.IdOf(news.EventId.ToString(), kind, p.Key, p.Endpoint!.EndpointId))],
            cancellation);

    private async Task<PlannedDelivery> Planned(
        AlertNews news, DeliveryKind kind, Partner partner, Endpoint? endpoint, bool exercise, Func<byte[]?> cap, IReadOnlyDictionary<string, string> replies, CancellationToken cancellation)
    {
        // An exercise never reaches real people (domain §9.4).
        var why = exercise ? "exercise" : PartnerRecipients.Refused(kind, news.Tlp, partner, endpoint);
        if (endpoint is null || why is not null)
        {
            return Unreachable(news, kind, partner.Key, why ?? "no-endpoint", endpoint?.Channel ?? Channel.Other);
        }

        var id = DeliveryRows.IdOf(news.EventId.ToString(), kind, partner.Key, endpoint.EndpointId);
        var code = replies.GetValueOrDefault(id);
        var (message, template, none) = await messages.For(news, kind, id, partner, endpoint, cap, code, cancellation);
        return message is null
            ? Unreachable(news, kind, partner.Key, none!, endpoint.Channel) with { Template = template }
            : new PlannedDelivery(id, news.Incident, kind, news.AlertId, partner.Key, endpoint.EndpointId, endpoint.Channel, news.Tlp, endpoint.Ordered, message)
            {
                Template = template,
                ReplyCode = code,
            };
    }

    private static PlannedDelivery Unreachable(AlertNews news, DeliveryKind kind, string recipient, string why, Channel channel = Channel.Other) => new(
        DeliveryRows.IdOf(news.EventId.ToString(), kind, recipient, ""), news.Incident, kind, news.AlertId, recipient, "", channel, news.Tlp, false, RenderedMessage.None, why);
}
