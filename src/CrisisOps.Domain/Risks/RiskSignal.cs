using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>One sign of an emerging risk, folded from its events.</summary>
public sealed record RiskSignal
{
    public static readonly RiskSignal None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public RiskState Stage { get; init; }
    public SignalKind Kind { get; init; }
    public string Summary { get; init; } = "";

    /// <summary>The whole of it; for the core team.</summary>
    public string? Narrative { get; init; }

    /// <summary>Who says it, or where it was seen; of a surge the kind of source that reported.</summary>
    public string Origin { get; init; } = "";
    public ImmutableList<string> Regions { get; init; } = [];
    public ImmutableList<string> Languages { get; init; } = [];
    public PolicyArea PolicyArea { get; init; }
    public Tlp Tlp { get; init; } = Tlp.AMBER;
    public bool Exercise { get; init; }
    public Horizon Horizon { get; init; }

    /// <summary>What was counted, and what is usual, where whoever captured it said so.</summary>
    public int? Observed { get; init; }
    public int? Baseline { get; init; }

    /// <summary>Null until somebody graded it.</summary>
    public SignalGrade? Grade { get; init; }
    public ImmutableList<Corroboration> Corroborations { get; init; } = [];
    public RiskAssessment? Assessment { get; init; }

    /// <summary>What the surge rule saw; null for every other signal.</summary>
    public Surge? Surge { get; init; }
    public string CapturedBy { get; init; } = "";
    public DateTimeOffset CapturedAt { get; init; }

    /// <summary>When it is looked at again, UTC; null when nobody watches.</summary>
    public DateTimeOffset? ReviewAt { get; init; }
    public string? Watcher { get; init; }

    /// <summary>How often a review was set: the generation of the newest.</summary>
    public int Reviews { get; init; }

    /// <summary>When its horizon ends, UTC. A surge has none while it runs.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How often the horizon was set: the generation of the newest.</summary>
    public int Horizons { get; init; }

    /// <summary>What came of it.</summary>
    public string? EscalationKey { get; init; }
    public string? CrisisKey { get; init; }
    public string? DismissedBecause { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore] public bool Open => Stage is RiskState.Captured or RiskState.Corroborating or RiskState.Assessed or RiskState.Watching;

    /// <summary>Reports still come thicker than usual, whatever was decided about it.</summary>
    [JsonIgnore] public bool Surging => Surge is { ClearedAt: null };

    /// <summary>Every clock of this signal that must do something when it runs out.</summary>
    [JsonIgnore] public IEnumerable<Deadline> Deadlines => RiskDeadlines.Of(this);

    /// <summary>The one fold: Marten's aggregation, the write path and the replay all call it.</summary>
    public static RiskSignal Fold(RiskSignal state, object @event, Stamp stamp) => ((IRiskEvent)@event).Apply(state, stamp) with { Version = stamp.Version };

    internal RiskSignal Ended(RiskState stage, Stamp stamp) => this with { Stage = stage, EndedAt = stamp.RecordedAt, ReviewAt = null };

    internal RiskSignal Until(DateTimeOffset? expiresAt) => this with { ExpiresAt = expiresAt, Horizons = Horizons + 1 };
}

/// <summary>An event of the risk stream.</summary>
public interface IRiskEvent : IStreamEvent<RiskSignal>;

/// <summary>A command on the risk stream.</summary>
public interface IRiskCommand<TSelf> : ICommand<RiskSignal, TSelf>
    where TSelf : Command, IRiskCommand<TSelf>;
