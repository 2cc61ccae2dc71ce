namespace CrisisOps.Server.Deliveries;

/// <summary>The section <c>Deliveries</c>.</summary>
public sealed record DeliverySettings
{
    /// <summary>Time after each attempt until the next one, from Standard Webhooks: 5 s to 24 h, about three days in all. After the last one the delivery is a dead letter.</summary>
    public TimeSpan[] Schedule { get; init; } = [];

    /// <summary>A time is up to this share longer, so that what failed together does not come back together.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Messages on their way at the same time, on one node, to endpoints that do well.</summary>
    public int AtOnce { get; init; } = 96;

    /// <summary>The same for endpoints that fail or are slow to fail: they hold up each other, and nobody else.</summary>
    public int AtOnceTroubled { get; init; } = 16;

    /// <summary>Of those, to one endpoint.</summary>
    public int AtOnceToOne { get; init; } = 8;

    /// <summary>Failures in a row after which an endpoint is left alone for a while.</summary>
    public int CircuitAfter { get; init; } = 5;

    /// <summary>How long it is left alone first; each further failure doubles it, up to ten minutes.</summary>
    public TimeSpan CircuitFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a node may keep what it took: longer than an attempt may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long messages of a crisis may wait before its timeline says that they are delayed, by the server's clock.</summary>
    public TimeSpan DelayedAfter { get; init; } = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] _standard =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private TimeSpan[] Times => Schedule.Length > 0 ? Schedule : _standard;

    /// <summary>When to try again after so many attempts; null when it is given up.</summary>
    /// <param name="chance">0 to 1.</param>
    public DateTimeOffset? Next(int attempts, DateTimeOffset now, double chance) => attempts <= Times.Length ? now + (Times[attempts - 1] * (1 + (Jitter * chance))) : null;
}
