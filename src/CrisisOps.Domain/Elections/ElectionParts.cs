using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>What is to be expected of an election, and how sure that is.</summary>
public sealed record ElectionRisk(RiskTier Tier, IReadOnlyList<string> Drivers, Confidence Confidence, string By, DateTimeOffset At);

/// <summary>When a phase begins, in a command: an instant with its offset, or a local time without one, read in the election's zone.</summary>
/// <param name="At"><c>2027-05-15T00:00</c> is local, <c>2027-05-14T22:00Z</c> and <c>2027-05-15T00:00+02:00</c> are instants.</param>
public sealed record PhaseAt(ElectionPhase Phase, string At);

/// <summary>When a phase begins, UTC. Resolved once and recorded, so that a later change of the zone's rules moves nothing by itself.</summary>
public sealed record ScheduledPhase(ElectionPhase Phase, DateTimeOffset StartsAt);

/// <summary>A phase that began.</summary>
public sealed record EnteredPhase(ElectionPhase Phase, PhaseTrigger Trigger, DateTimeOffset At);

/// <summary>Something turned on for this election, with its end. There is none without.</summary>
public sealed record ElectionMeasure(string MeasureId, ElectionMeasureKind Kind, string Region, DateTimeOffset ActivatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Of the timer that ends it.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Why it is off; null while it is on.</summary>
    public string? LiftedBecause { get; init; }

    public bool Active => LiftedBecause is null;
}

/// <summary>
/// What is turned on when a phase begins. It ends at a fixed instant, or a number of hours after a phase begins: after the polls
/// close, say, whenever that is scheduled when the measure is turned on.
/// </summary>
/// <param name="Region">Absent means the election's own.</param>
/// <param name="AfterPhase">The phase from whose beginning the hours count: the one of the measure or a later one.</param>
public sealed record PlannedMeasure(
    ElectionPhase Phase, ElectionMeasureKind Kind, string? Region = null, DateTimeOffset? ExpiresAt = null, ElectionPhase? AfterPhase = null, int? Hours = null);

/// <summary>What the authority that holds the election told us.</summary>
public sealed record AuthorityNotice(string NoticeId, string Reference, string Summary, DateTimeOffset RecordedAt);

/// <summary>A crisis that touches this election, and how.</summary>
public sealed record LinkedCrisis(string Key, string Concern);

/// <summary>An update in the CAN shape, in its newest revision.</summary>
/// <param name="UpdateId">With its revision, for example <c>U-1r1</c>.</param>
/// <param name="EntryVersion">The version of the event whose entry shows it.</param>
public sealed record ElectionUpdate(
    string UpdateId, string BaseId, int Revision, long EntryVersion, IReadOnlyList<UpdateFor> Audiences, Tlp Tlp, string Condition);
