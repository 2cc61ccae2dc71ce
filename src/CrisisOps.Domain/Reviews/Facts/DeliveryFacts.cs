namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>What became of the messages about an incident, of those that the reader may see.</summary>
/// <param name="Waiting">Neither arrived nor given up by then.</param>
/// <param name="NotSent">Suppressed or cancelled: they were not to go out.</param>
public sealed record DeliveryFacts(
    int Messages, int Delivered, int Acknowledged, int Waiting, int NotSent, IReadOnlyList<DeliveryFact> Late, IReadOnlyList<DeliveryFact> Failed)
{
    /// <summary>The state of a row whose message was given up.</summary>
    private const string GivenUp = "Exhausted";

    public static DeliveryFacts? Of(Beside beside)
    {
        if (beside.Deliveries is not { } all)
        {
            return null;
        }

        var asOf = beside.AsOf;
        DeliveryRow[] rows = [.. all.Where(row => row.CreatedAt <= asOf)];
        DeliveryRow[] arrived = [.. rows.Where(row => row.DeliveredAt <= asOf)];
        DeliveryRow[] settled = [.. rows.Except(arrived).Where(row => row.SettledAt <= asOf)];
        DeliveryRow[] failed = [.. settled.Where(row => row.State == GivenUp)];
        DeliveryRow[] waiting = [.. rows.Except(arrived).Except(settled)];
        return new DeliveryFacts(
            rows.Length, arrived.Length, rows.Count(row => row.AcknowledgedAt <= asOf), waiting.Length, settled.Length - failed.Length,
            [.. arrived.Concat(waiting).Select(row => DeliveryFact.Of(row, asOf)).Where(f => f.LateBy > TimeSpan.Zero).OrderBy(f => f.CreatedAt).ThenBy(f => f.Delivery, StringComparer.Ordinal)],
            [.. failed.Select(row => DeliveryFact.Of(row, asOf)).OrderBy(f => f.CreatedAt).ThenBy(f => f.Delivery, StringComparer.Ordinal)]);
    }
}

/// <param name="DueBy">Until when its receiver had to be told, if there was such a time.</param>
/// <param name="LateBy">Until it arrived, or until the instant of these facts.</param>
public sealed record DeliveryFact(
    string Delivery, string Incident, string Recipient, string Channel, DateTimeOffset CreatedAt, DateTimeOffset? DueBy, DateTimeOffset? DeliveredAt, TimeSpan? LateBy)
{
    internal static DeliveryFact Of(DeliveryRow row, DateTimeOffset asOf)
    {
        DateTimeOffset? delivered = row.DeliveredAt <= asOf ? row.DeliveredAt : null;
        var late = (delivered ?? asOf) - row.DueBy;
        return new DeliveryFact(row.Id, row.Incident, row.Recipient, row.Channel, row.CreatedAt, row.DueBy, delivered, late > TimeSpan.Zero ? late : null);
    }
}
