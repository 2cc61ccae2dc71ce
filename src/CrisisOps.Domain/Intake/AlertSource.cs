using System.Collections.Immutable;
using System.Text.Json.Serialization;
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

    /// <summary>Whether it may report from there.</summary>
    public bool MayReport(string region) => Regions.IsEmpty || Shared.Regions.WithParents([region]).Any(Regions.Contains);

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

    /// <summary>When it was last heard of, UTC, as far as anybody had to look; the store knows of each use.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>Since when nothing was heard of it although it promised, UTC; null while it keeps its promise.</summary>
    public DateTimeOffset? SilentSince { get; init; }

    /// <summary>Counts how often its next heartbeat was set a time, so that an older timer does nothing.</summary>
    public int HeartbeatAims { get; init; }

    /// <summary>All it sends is an exercise: for trying a source out.</summary>
    public bool Exercise { get; init; }

    public string RegisteredBy { get; init; } = "";
    public DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The secrecy of this file, which is not that of what it reports.</summary>
    public Tlp Tlp { get; init; } = Tlp.GREEN;

    /// <summary>On the list: registered, and not retired.</summary>
    public bool Open => Stage is not (SourceState.None or SourceState.Retired);

    /// <summary>What a timer has to do; what stands here is due, what vanished is settled.</summary>
    [JsonIgnore]
    public IEnumerable<Deadline> Deadlines => SourceDeadlines.Of(this);

    /// <summary>The one fold: the aggregation, the write path and the replay all call it.</summary>
    public static AlertSource Fold(AlertSource state, object @event, Stamp stamp) =>
        ((IAlertSourceEvent)@event).Apply(state, stamp) with { Version = stamp.Version };

    /// <summary>Whether it may send in this format.</summary>
    public bool Sends(AlertFormat format) => Formats.IsEmpty || Formats.Contains(format);

    /// <summary>The key of this id; null when there is none, or it is valid no more.</summary>
    public SourceKey? ValidKey(string? keyId, DateTimeOffset now) => Keys.Find(k => k.KeyId == keyId && k.ValidAt(now));

    /// <summary>The same with other terms.</summary>
    internal AlertSource With(SourceTerms terms) => this with
    {
        Name = terms.Name,
        Kind = terms.Kind,
        PartnerId = terms.PartnerId,
        Formats = terms.Formats,
        PolicyAreas = terms.PolicyAreas,
        Regions = terms.Regions,
        Surface = terms.Surface,
        ReportTlp = terms.ReportTlp,
        RatePerMinute = terms.RatePerMinute,
        Exercise = terms.Exercise,
    };

    /// <summary>The same with another form of one key.</summary>
    internal AlertSource WithKey(string keyId, Func<SourceKey, SourceKey> change) =>
        this with { Keys = [.. Keys.Select(k => k.KeyId == keyId ? change(k) : k)] };

    /// <summary>The same with another form of one window.</summary>
    internal AlertSource WithWindow(string windowId, Func<MaintenanceWindow, MaintenanceWindow> change) =>
        this with { Maintenance = [.. Maintenance.Select(w => w.WindowId == windowId ? change(w) : w)] };
}

/// <summary>An event of a source's stream. None of them is told to the source itself, and none says a key.</summary>
public interface IAlertSourceEvent : IStreamEvent<AlertSource>;

/// <summary>A command on a source's stream.</summary>
public interface IAlertSourceCommand<TSelf> : ICommand<AlertSource, TSelf>
    where TSelf : Command, IAlertSourceCommand<TSelf>;

/// <summary>Registered and sending; suspended (what it sends is refused); retired for good.</summary>
public enum SourceState { None, Active, Suspended, Retired }
