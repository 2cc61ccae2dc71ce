namespace CrisisOps.Server.Deliveries;

/// <summary>A message, as whoever may see the incident reads of it.</summary>
internal sealed record DeliveryView(
    string Id, string Incident, string Kind, string About, string Recipient, string Endpoint, string Channel, string Tlp, string State, string? Reason, int Attempts, string Subject,
    string BodyHash, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? SettledAt, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string? AcknowledgedThrough)
{
    /// <summary>As whom its receiver reads it.</summary>
    public string? Audience { get; init; }

    /// <summary>What it was written with: kind, audience, channel, language.</summary>
    public string? Template { get; init; }

    /// <summary>Until when its receiver must have been told; what was settled later was late.</summary>
    public DateTimeOffset? DueBy { get; init; }

    /// <summary>The message that did not arrive by the channel before, and instead of which this one goes.</summary>
    public string? FallbackOf { get; init; }

    public IReadOnlyList<AttemptView>? AttemptList { get; init; }
}

internal sealed record AttemptView(int N, DateTimeOffset At, int LatencyMs, string Result, string Status, int Size, string BodyHash);
