using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>A system that sends alerts by itself: a partner's, or one of our own. Folded from its events; its key is a number: <c>SRC-001</c>.</summary>
public sealed record AlertSource
{
    public static readonly AlertSource None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public SourceState Stage { get; init; }

    /// <summary>Held by no other source that is not retired.</summary>
    public string Name { get; init; } = "";

    /// <summary>What its reports count as.</summary>
    public Source Kind { get; init; } = Source.ProactiveDetection;

    /// <summary>The partner whose system it is, by name, as on escalations; null for a system of our own.</summary>
    public string? PartnerId { get; init; }

    /// <summary>The formats it may send; none means every one.</summary>
    public ImmutableList<AlertFormat> Formats { get; init; } = [];

    /// <summary>The policy areas it may name; none means every one. An alert that names another is kept and marked, and its area left out.</summary>
    public ImmutableList<PolicyArea> PolicyAreas { get; init; } = [];

    /// <summary>ISO 3166 codes it may report from, a country with its subdivisions; none means everywhere. The first one is taken when an alert names none.</summary>
    public ImmutableList<string> Regions { get; init; } = [];

    /// <summary>The part of the platform it watches, when an alert names none.</summary>
    public Surface Surface { get; init; } = Surface.Other;

    /// <summary>The secrecy of what it reports, when an alert does not ask for more.</summary>
    public Tlp ReportTlp { get; init; } = Tlp.AMBER;

    /// <summary>Alerts per minute, 1 to 10,000,000; beyond it is 429. A minute's worth may come at once.</summary>
    public int RatePerMinute { get; init; } = 6000;

    /// <summary>All there ever were, in the order of their ids.</summary>
    public ImmutableList<SourceKey> Keys { get; init; } = [];

    /// <summary>Of the secret with which the source signs (Standard Webhooks); 0 while it has none. The secret itself is derived, and stands nowhere.</summary>
    public int SigningGeneration { get; init; }

    /// <summary>Until when the secret before is taken too, UTC.</summary>
    public DateTimeOffset? OldSigningUntil { get; init; }

    /// <summary>The RSA public key with which Coop signs, PEM; null when it does not.</summary>
    public string? CoopPublicKey { get; init; }

    /// <summary>Planned times in which what it sends is kept but raises nothing; those that are over stay for the record.</summary>
    public ImmutableList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>How often it promised to be heard of; null when it did not.</summary>
    public TimeSpan? HeartbeatEvery { get; init; }

    /// <summary>All it sends is an exercise: for trying a source out.</summary>
    public bool Exercise { get; init; }

    public string RegisteredBy { get; init; } = "";
    public DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The secrecy of this file, which is not that of what it reports.</summary>
    public Tlp Tlp { get; init; } = Tlp.GREEN;

    /// <summary>On the list: registered, and not retired.</summary>
    public bool Open => Stage is not (SourceState.None or SourceState.Retired);

    /// <summary>The one fold: the aggregation, the write path and the replay all call it.</summary>
    public static AlertSource Fold(AlertSource state, object @event, Stamp stamp) =>
        ((IAlertSourceEvent)@event).Apply(state, stamp) with { Version = stamp.Version };
}

/// <summary>An event of a source's stream. None of them is told to the source itself, and none says a key.</summary>
public interface IAlertSourceEvent : IStreamEvent<AlertSource>
{
    /// <summary>What the timeline says of it; there is no event without an entry.</summary>
    Entry Say(AlertSource before, AlertSource after, Stamp stamp);

    Entry? IStreamEvent<AlertSource>.Tell(AlertSource before, AlertSource after, Stamp stamp) => Say(before, after, stamp);
}

/// <summary>A command on a source's stream.</summary>
public interface IAlertSourceCommand<TSelf> : ICommand<AlertSource, TSelf>
    where TSelf : Command, IAlertSourceCommand<TSelf>;

/// <summary>Registered and sending; suspended (what it sends is refused); retired for good.</summary>
public enum SourceState { None, Active, Suspended, Retired }

/// <param name="KeyId">For example <c>KEY-1</c>.</param>
/// <param name="Hash">SHA-256 of the key, lower-case hexadecimal; the key itself was shown once and stands nowhere.</param>
/// <param name="ValidUntil">When it ends, UTC; null while nothing ends it.</param>
public sealed record SourceKey(string KeyId, string Name, string Hash, DateTimeOffset? ValidUntil);

/// <param name="WindowId">For example <c>MW-1</c>.</param>
/// <param name="From">The first beginning, UTC.</param>
/// <param name="Length">From a minute to 7 days; at most a day when it recurs.</param>
/// <param name="Days">On which days it comes again at the local hour of its first beginning; none for a single window.</param>
/// <param name="Zone">IANA time zone in which it keeps its local hour, also through a clock change.</param>
/// <param name="Until">No occurrence begins after it, UTC; null while nothing ends a recurrence.</param>
public sealed record MaintenanceWindow(
    string WindowId, DateTimeOffset From, TimeSpan Length, string Reason, ImmutableList<DayOfWeek> Days, string? Zone = null, DateTimeOffset? Until = null)
{
    /// <summary>When it was called off, UTC; null while it stands.</summary>
    public DateTimeOffset? CancelledAt { get; init; }
}
