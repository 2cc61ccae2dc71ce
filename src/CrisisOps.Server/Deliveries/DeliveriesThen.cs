namespace CrisisOps.Server.Deliveries;

/// <summary>Deliveries as they stood at an instant: from what was attempted, settled, read and acknowledged by then.</summary>
public static class DeliveriesThen
{
    /// <summary>Rows like those of the table, without what was not planned yet.</summary>
    /// <param name="instant">The parameter that holds it.</param>
    public static string Sql(string instant) => $"""
        (select d.id, d.position, d.incident, d.kind, d.about, d.recipient, d.endpoint, d.channel, d.tlp, d.subject, d.content_type, d.body, d.body_hash, d.told, d.audience, d.template, d.covers, d.due_by, d.fallback_of, d.created_at,
                -- when it was to be tried next is not kept
                null::timestamptz as next_at, n.attempts,
                case when d.acknowledged_at <= {instant} then 'Acknowledged' when n.delivered then 'Delivered'
                     when d.settled_at <= {instant} and d.state not in ('Delivered', 'Acknowledged') then d.state else 'Queued' end as state,
                case when d.settled_at <= {instant} then d.reason end as reason,
                case when d.settled_at <= {instant} then d.settled_at end as settled_at,
                case when d.read_at <= {instant} then d.read_at end as read_at,
                case when d.acknowledged_at <= {instant} then d.acknowledged_at end as acknowledged_at,
                case when d.acknowledged_at <= {instant} then d.acknowledged_by end as acknowledged_by,
                case when d.acknowledged_at <= {instant} then d.acknowledged_through end as acknowledged_through
           from crisis.deliveries d
          cross join lateral (select count(*)::int as attempts, coalesce(bool_or(a.result = 'Delivered'), false) as delivered from crisis.delivery_attempts a where a.delivery = d.id and a.at <= {instant}) n
          where d.created_at <= {instant})
        """;
}
