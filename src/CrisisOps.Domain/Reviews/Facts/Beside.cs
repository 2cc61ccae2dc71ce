using System.Globalization;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>A message that was sent, as its row says.</summary>
/// <param name="DeliveredAt">When an attempt arrived; null when none did.</param>
/// <param name="SettledAt">When nothing more was tried.</param>
/// <param name="Covers">Versions of the incident that it told of.</param>
public sealed record DeliveryRow(
    string Id, string Incident, string Recipient, string Channel, string State, DateTimeOffset CreatedAt, DateTimeOffset? DueBy, DateTimeOffset? DeliveredAt, DateTimeOffset? SettledAt,
    DateTimeOffset? AcknowledgedAt, IReadOnlyList<string> Covers);

/// <summary>An acknowledgement that is known of beside the stream of the crisis.</summary>
public sealed record AckRow(string AlertId, string Partner, DateTimeOffset At);

/// <summary>What stands beside the streams: rows, not events. They are not part of what is hashed.</summary>
/// <param name="Deliveries">Null for readers to whom they are not shown.</param>
public sealed record Beside(IReadOnlyList<DeliveryRow>? Deliveries, IReadOnlyList<AckRow> Acks, DateTimeOffset AsOf)
{
    public static Beside Nothing(DateTimeOffset asOf) => new(null, [], asOf);

    /// <summary>Who had got this entry, in the order in which it arrived.</summary>
    internal IReadOnlyList<Received>? Received(FactSource entry)
    {
        var version = entry.Version.ToString(CultureInfo.InvariantCulture);
        return Deliveries is null ? null :
        [
            .. from row in Deliveries
               where row.Incident == entry.Stream && row.DeliveredAt <= AsOf && row.Covers.Contains(version)
               orderby row.DeliveredAt, row.Id
               select new Received(row.Recipient, row.Id, row.DeliveredAt!.Value),
        ];
    }

    internal DateTimeOffset? Acknowledged(string alert, string partner) => Acks.Where(a => a.AlertId == alert && a.Partner == partner && a.At <= AsOf).Min(a => (DateTimeOffset?)a.At);
}
