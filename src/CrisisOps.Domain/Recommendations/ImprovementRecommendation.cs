using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>Where a recommendation stands (domain §2.10).</summary>
public enum RecommendationState { None, Proposed, Accepted, InProgress, Implemented, Verified, Rejected, Deferred }

/// <summary>What has to change.</summary>
public enum RecommendationType { Process, Policy, Product, Tooling, Training, Staffing, PartnerProgramme }

/// <summary>The saved query that shows the problem, and what it gave.</summary>
public sealed record RecommendationEvidence(string Query, IReadOnlyList<EvidenceValue> Values);

/// <param name="Name">With its unit, for example <c>median minutes to first response</c>.</param>
public sealed record EvidenceValue(string Name, decimal Value);

/// <summary>How it will be seen whether the change helped.</summary>
/// <param name="Name">With its unit, for example <c>median minutes to first response</c>.</param>
/// <param name="Before">What it was when the recommendation was made.</param>
public sealed record MetricAim(string Name, decimal Before, decimal Target);

/// <summary>The metric with what came of it.</summary>
/// <param name="After">What it is with the change; null until it was measured.</param>
public sealed record RecommendationMetric(string Name, decimal Before, decimal Target, decimal? After = null, DateTimeOffset? MeasuredAt = null)
{
    /// <summary>At the target or beyond it, seen from where it was before.</summary>
    public bool Reached => After is { } after && (Target >= Before ? after >= Target : after <= Target);

    public static RecommendationMetric Of(MetricAim aim) => new(aim.Name, aim.Before, aim.Target);
}

/// <summary>One improvement recommendation, folded from its events. Its key is a number: <c>IMP-31</c>.</summary>
public sealed record ImprovementRecommendation : IRecommendationFacts
{
    public static readonly ImprovementRecommendation None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public RecommendationState Stage { get; init; }
    public RecommendationType Type { get; init; }
    public string Title { get; init; } = "";
    public string Problem { get; init; } = "";
    public string Proposal { get; init; } = "";
    public RecommendationEvidence? Evidence { get; init; }
    public RecommendationMetric? Metric { get; init; }

    /// <summary>The review it came of.</summary>
    public string? ReviewKey { get; init; }

    /// <summary>The escalation it came of, for example one that no policy fits.</summary>
    public string? EscalationKey { get; init; }
    public ImmutableList<string> Regions { get; init; } = [];
    public Tlp Tlp { get; init; } = Tlp.AMBER;
    public bool Exercise { get; init; }

    /// <summary>What its review masks outside Core.</summary>
    public ImmutableList<string> MaskedTerms { get; init; } = [];
    public string ProposedBy { get; init; } = "";
    public DateTimeOffset ProposedAt { get; init; }
    public string? Owner { get; init; }

    /// <summary>When its next step is due: decided while it is proposed, then implemented, then measured; while it is deferred, looked at again. UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often the due time was set: the generation of the newest.</summary>
    public int DueGeneration { get; init; }
    public bool Overdue { get; init; }

    /// <summary>When the change was made in the world; the metric is measured some time after it.</summary>
    public DateTimeOffset? ImplementedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Rejected asks nothing of anybody: it does not keep its crisis open.</summary>
    public bool Owned => Owner is not null || Stage == RecommendationState.Rejected;

    /// <summary>Every clock of this recommendation that must do something when it runs out.</summary>
    [JsonIgnore] public IEnumerable<Deadline> Deadlines => RecommendationDeadlines.Of(this);

    /// <summary>The one fold: Marten's aggregation, the write path and the replay all call it.</summary>
    public static ImprovementRecommendation Fold(ImprovementRecommendation state, object @event, Stamp stamp) =>
        ((IRecommendationEvent)@event).Apply(state, stamp) with { Version = stamp.Version };

    internal ImprovementRecommendation WithDue(DateTimeOffset? due) => this with { DueAt = due, DueGeneration = DueGeneration + 1, Overdue = false };
}

/// <summary>An event of the recommendation stream. What it says is masked outside Core in one place, so no event can forget it.</summary>
public interface IRecommendationEvent : IStreamEvent<ImprovementRecommendation>
{
    /// <summary>What the timeline says of it, with every name.</summary>
    Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp);

    Entry? IStreamEvent<ImprovementRecommendation>.Tell(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp) =>
        Say(before, after, stamp).Masked(after.MaskedTerms);
}

/// <summary>A command on the recommendation stream.</summary>
public interface IRecommendationCommand<TSelf> : ICommand<ImprovementRecommendation, TSelf>
    where TSelf : Command, IRecommendationCommand<TSelf>;
