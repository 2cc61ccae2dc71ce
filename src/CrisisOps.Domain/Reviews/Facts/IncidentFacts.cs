using CrisisOps.Domain.Escalations;

namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>
/// What the record says of a crisis and of the streams that belong to it, as of an instant: computed, never typed. What has not happened by
/// then is not in it; what went on then is counted up to it.
/// </summary>
public sealed record IncidentFacts
{
    public required string CrisisKey { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The streams it was computed from, with the version that each had.</summary>
    public required IReadOnlyList<StreamRead> Streams { get; init; }
    public required IReadOnlyList<TimeIn> TimeIn { get; init; }
    public required IReadOnlyList<TimeTo> TimeTo { get; init; }

    /// <summary>Null when none went out and none was owed.</summary>
    public required SituationReports? SituationReports { get; init; }
    public required IReadOnlyList<Late> Late { get; init; }
    public required IReadOnlyList<ClockFact> Clocks { get; init; }
    public required IReadOnlyList<Breach> Breaches { get; init; }
    public required IReadOnlyList<AlertFact> Alerts { get; init; }
    public required IReadOnlyList<Handover> Handovers { get; init; }
    public required IReadOnlyList<Correction> Corrections { get; init; }
    public required IReadOnlyList<Change> Changes { get; init; }
    public required IReadOnlyList<LeverFact> Levers { get; init; }
    public required IReadOnlyList<InterimFact> InterimActions { get; init; }
    public required IReadOnlyList<FourEyes> FourEyes { get; init; }

    /// <summary>Null for readers to whom deliveries are not shown.</summary>
    public required DeliveryFacts? Deliveries { get; init; }
}

public sealed record StreamRead(string Stream, long Version);

/// <summary>What a stream was in: its state, the level of a crisis while it is live, or the severity of a case while it is open.</summary>
public enum Band { State, Level, Severity }

/// <param name="Lasted">All stretches together.</param>
public sealed record TimeIn(string Stream, Band Of, string Value, TimeSpan Lasted, IReadOnlyList<Stretch> Stretches) : IFact
{
    public IReadOnlyList<FactSource> Sources => [.. Stretches.SelectMany(s => new[] { s.From, s.To }).OfType<FactSource>()];
}

/// <param name="To">Null while it lasts.</param>
public sealed record Stretch(FactSource From, FactSource? To, TimeSpan Lasted);

/// <summary>How long it took until something.</summary>
public enum Milestone
{
    /// <summary>From the raise of a case to its receipt, or to its triage without one.</summary>
    Acknowledged,
    Triaged,
    FirstResponse,
    Decided,
    Enforced,
    Resolved,

    /// <summary>From the first signal, the raise of the first case, to the proposal of the crisis.</summary>
    Proposed,

    /// <summary>From the proposal to the declaration.</summary>
    Declared,

    /// <summary>From the declaration to the first alert to partners.</summary>
    PartnersAlerted,

    /// <summary>From the first signal to the first enforcement that took content away.</summary>
    Removed,

    /// <summary>From the declaration to the last stand-down.</summary>
    StoodDown,
}

public sealed record TimeTo(string Stream, Milestone Milestone, FactSource From, FactSource To) : IFact
{
    public TimeSpan Took => To.At - From.At;
    public IReadOnlyList<FactSource> Sources => [From, To];
}

/// <param name="MissedSlots">Due times at which none was out.</param>
/// <param name="LeastMargin">How long before it was due the one that was nearest to it went out; null when none went out in time.</param>
public sealed record SituationReports(string Stream, int Published, int InTime, int MissedSlots, TimeSpan? LeastMargin, IReadOnlyList<FactSource> Sources) : IFact;

public enum LateKind { SituationReport, Update, Acknowledgement, Task }

/// <summary>Something that was promised for an instant and came later, or not at all.</summary>
/// <param name="Ref">Which, for example <c>U-1</c> or <c>TSK-1</c>; empty when there is one only.</param>
/// <param name="Done">Null when it is owed still.</param>
/// <param name="LateBy">Until it was done, or until the instant of these facts.</param>
public sealed record Late(string Stream, LateKind Kind, string Ref, DateTimeOffset DueAt, FactSource Missed, FactSource? Done, TimeSpan LateBy) : IFact
{
    public IReadOnlyList<FactSource> Sources => Done is null ? [Missed] : [Missed, Done];
}

/// <summary>What became of a clock of a case as it was aimed last.</summary>
/// <param name="Margin">What was left when it was met; less than nothing when it was met late, null when it was not met.</param>
public sealed record ClockFact(
    string Stream, string ClockId, ClockKind Kind, DateTimeOffset DueAt, ClockResult Result, DateTimeOffset? MetAt, TimeSpan? Margin, IReadOnlyList<FactSource> Sources) : IFact;

/// <summary>A clock ran out unmet, whatever became of it since.</summary>
/// <param name="MetAt">Null when it is owed still, or was ended unmet.</param>
public sealed record Breach(
    string Stream, string ClockId, ClockKind Kind, DateTimeOffset DueAt, DateTimeOffset DetectedAt, DateTimeOffset? MetAt, TimeSpan? LateBy, IReadOnlyList<FactSource> Sources) : IFact;

/// <summary>A message to partners that they had to acknowledge.</summary>
/// <param name="Partners">Each of them; null for readers who are not told who they are.</param>
public sealed record AlertFact(
    string Stream, string AlertId, DateTimeOffset AckDueAt, int Asked, int Acknowledged, int Overdue, IReadOnlyList<PartnerAnswer>? Partners, IReadOnlyList<FactSource> Sources) : IFact;

/// <param name="After">From the message to its acknowledgement.</param>
/// <param name="OverdueAt">When its window had passed and it was called; null when it had not.</param>
public sealed record PartnerAnswer(string Partner, DateTimeOffset? AcknowledgedAt, TimeSpan? After, DateTimeOffset? OverdueAt);

public enum HandoverKind { Command, Case }

/// <summary>What somebody had, somebody else has.</summary>
/// <param name="From">Null for readers who are not told.</param>
public sealed record Handover(string Stream, HandoverKind Kind, string? From, string? To, FactSource At) : IFact
{
    public IReadOnlyList<FactSource> Sources => [At];
}

/// <summary>Something that was told was wrong, or was taken back.</summary>
/// <param name="TakenBack">There is no other text in its place.</param>
/// <param name="Stood">How long the wrong text stood.</param>
/// <param name="Received">Who had got it by then; null for readers to whom deliveries are not shown.</param>
public sealed record Correction(string Stream, FactSource Wrong, FactSource Corrected, bool TakenBack, TimeSpan Stood, IReadOnlyList<Received>? Received) : IFact
{
    public IReadOnlyList<FactSource> Sources => [Wrong, Corrected];
}

public sealed record Received(string Recipient, string Delivery, DateTimeOffset At);

/// <summary>It became better or worse.</summary>
public sealed record Change(string Stream, Band Of, string From, string To, FactSource At) : IFact
{
    public IReadOnlyList<FactSource> Sources => [At];
}

public enum LeverEnd { StillOn, Expired, Lifted }

/// <summary>A lever of the crisis, or a measure of an election.</summary>
/// <param name="Alone">One person turned it on, and nobody else had looked at it.</param>
public sealed record LeverFact(
    string Stream, string LeverId, string Kind, DateTimeOffset ExpiresAt, LeverEnd End, TimeSpan Lasted, int Extensions, bool Alone, IReadOnlyList<FactSource> Sources) : IFact;

/// <summary>What one person did at once, and whether a second one looked at it.</summary>
/// <param name="Lasted">Until the second look or its end.</param>
public sealed record InterimFact(string Stream, string ActionId, EnforcementAction Action, InterimActionState State, TimeSpan Lasted, IReadOnlyList<FactSource> Sources) : IFact;

/// <summary>A decision that somebody proposed and somebody approved.</summary>
/// <param name="TwoPeople">They were two.</param>
public sealed record FourEyes(string Stream, string DecisionKey, bool TwoPeople, FactSource Proposed, FactSource Approved) : IFact
{
    public TimeSpan Took => Approved.At - Proposed.At;
    public IReadOnlyList<FactSource> Sources => [Proposed, Approved];
}
