namespace CrisisOps.Domain.Subscriptions;

/// <summary>Where a subscription stands (domain §2.7).</summary>
public enum SubscriptionState { None, Pending, Active, Paused, Disabled, Removed }

/// <summary>How often its subscriber is told: each time, or what has come together at the end of a quarter of an hour, an hour or a day.</summary>
public enum Cadence { Immediate, Digest15m, Hourly, Daily }
