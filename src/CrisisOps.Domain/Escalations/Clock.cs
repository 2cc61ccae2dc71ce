using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CrisisOps.Domain.Escalations;

/// <summary>What a clock of an escalation measures.</summary>
public enum ClockKind { Acknowledge, Triage, FirstResponse, Update, Resolve, ThreatToLifeReferral, PolicyArea, LegalBasis, Legal }

/// <summary>
/// A clock of an escalation. All service-level clocks count from the raise; legal clocks never pause and are never merged away.
/// </summary>
/// <param name="ClockId">Stable within the stream: the kind, or the legal profile such as <c>TCO_REMOVAL_1H</c>.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Generation">Grows when the clock is aimed anew, paused or resumed; timers of older generations do nothing.</param>
public sealed record Clock(string ClockId, ClockKind Kind, DateTimeOffset StartedAt, DateTimeOffset DueAt, bool Pausable, int Generation = 1)
{
    /// <summary>The clock of the referral of a threat to life: Core only, as everything about law enforcement (domain §4).</summary>
    public const string Referral = "LE_REFERRAL";

    /// <summary>When the obligation was met in the world; null while it is owed.</summary>
    public DateTimeOffset? MetAt { get; init; }

    /// <summary>When we learned that it was met; later than <see cref="MetAt"/> if recorded late (domain §9.2).</summary>
    public DateTimeOffset? LearnedAt { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Ended without being met: the case was merged, rejected, voided, or another clock replaced it.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The due time at which it ran out unmet; null while it has not. It stays when the clock is met later, and goes when it is aimed anew.</summary>
    public DateTimeOffset? BreachedAt { get; init; }

    /// <summary>When the server recorded that it ran out; later than <see cref="BreachedAt"/> after an outage.</summary>
    public DateTimeOffset? DetectedAt { get; init; }

    /// <summary>How often it ran out, whatever became of it since.</summary>
    public int Breaches { get; init; }

    /// <summary>How long it stood still in all, which moved its due time; null for never.</summary>
    public TimeSpan? StoodStill { get; init; }

    public bool Running => MetAt is null && StoppedAt is null;

    public bool Legal => Kind == ClockKind.Legal;

    /// <summary>Set by a law, or by the proof of one: its miss is no breach of a service level.</summary>
    [JsonIgnore] public bool OfLaw => Kind is ClockKind.Legal or ClockKind.LegalBasis;

    /// <summary>What was promised: the time from start to end without what it stood still.</summary>
    [JsonIgnore] public TimeSpan Target => DueAt - StartedAt - (StoodStill ?? TimeSpan.Zero);

    /// <summary>What became of it, as far as is known.</summary>
    public ClockResult Result => this switch
    {
        { MetAt: { } met } when met > DueAt => ClockResult.MetLate,
        { MetAt: not null, BreachedAt: not null } => ClockResult.MetInTimeLearnedLate,
        { MetAt: not null, LearnedAt: { } learned } when learned > DueAt => ClockResult.MetInTimeLearnedLate,
        { MetAt: not null } => ClockResult.Met,
        { BreachedAt: not null } => ClockResult.Breached,
        { StoppedAt: not null } => ClockResult.Stopped,
        { PausedAt: not null } => ClockResult.Paused,
        _ => ClockResult.Running,
    };
}

/// <summary>What became of a clock. What was done in time and recorded too late is not late, but its breach stays on record (domain §9.2).</summary>
public enum ClockResult { Running, Paused, Met, MetInTimeLearnedLate, MetLate, Breached, Stopped }

/// <summary>Pure steps on the clocks of an escalation.</summary>
public static class Clocks
{
    public static Clock? Find(this ImmutableList<Clock> clocks, ClockKind kind) => clocks.Find(c => c.Kind == kind && c.Running);

    /// <summary>Starts a clock, or aims a running one of the same id anew (its generation grows).</summary>
    public static ImmutableList<Clock> Aim(this ImmutableList<Clock> clocks, Clock clock)
    {
        var index = clocks.FindIndex(c => c.ClockId == clock.ClockId);
        return index < 0 ? clocks.Add(clock) : clocks.SetItem(index, After(clocks[index], clock));
    }

    /// <summary>It ran out: owed still, and recorded once.</summary>
    public static ImmutableList<Clock> Breach(this ImmutableList<Clock> clocks, Func<Clock, bool> which, DateTimeOffset due, DateTimeOffset detected) =>
        clocks.Change(c => c.Running && which(c), c => c with { BreachedAt = due, DetectedAt = detected, Breaches = c.Breaches + 1 });

    /// <summary>Marks every running clock of the kind as met.</summary>
    /// <param name="at">When it happened in the world.</param>
    public static ImmutableList<Clock> Meet(this ImmutableList<Clock> clocks, ClockKind kind, DateTimeOffset at, DateTimeOffset learned) =>
        clocks.Meet(c => c.Kind == kind, at, learned);

    /// <summary>Marks the running clocks of the choice as met.</summary>
    public static ImmutableList<Clock> Meet(this ImmutableList<Clock> clocks, Func<Clock, bool> which, DateTimeOffset at, DateTimeOffset learned) =>
        clocks.Change(c => c.Running && which(c), c => c.RunOn(at) with { MetAt = at, LearnedAt = learned });

    /// <summary>Starts or aims each of the clocks.</summary>
    public static ImmutableList<Clock> AimAll(this ImmutableList<Clock> clocks, IEnumerable<Clock> aimed) => aimed.Aggregate(clocks, Aim);

    /// <summary>Lets stopped clocks run again, each still due when it was.</summary>
    public static ImmutableList<Clock> Restart(this ImmutableList<Clock> clocks, IReadOnlyCollection<string> ids) =>
        clocks.Change(c => c.StoppedAt is not null && ids.Contains(c.ClockId), c => c with { StoppedAt = null, Generation = c.Generation + 1 });

    /// <summary>Stops every running clock that is not a legal one.</summary>
    public static ImmutableList<Clock> StopServiceLevels(this ImmutableList<Clock> clocks, DateTimeOffset at) =>
        clocks.Change(c => c.Running && !c.Legal, c => c with { StoppedAt = at, Generation = c.Generation + 1 });

    public static ImmutableList<Clock> Stop(this ImmutableList<Clock> clocks, Func<Clock, bool> which, DateTimeOffset at) =>
        clocks.Change(c => c.Running && which(c), c => c with { StoppedAt = at, Generation = c.Generation + 1 });

    /// <summary>Pauses what may pause: only clocks marked pausable, never legal ones.</summary>
    public static ImmutableList<Clock> Pause(this ImmutableList<Clock> clocks, DateTimeOffset at) =>
        clocks.Change(MayPause, c => c with { PausedAt = at, Generation = c.Generation + 1 });

    /// <summary>What ran out has no time left to stand still in.</summary>
    public static bool MayPause(Clock clock) => clock is { Running: true, Pausable: true, PausedAt: null, BreachedAt: null };

    /// <summary>Resumes paused clocks that still run; each is due later by the time it stood still.</summary>
    public static ImmutableList<Clock> Resume(this ImmutableList<Clock> clocks, DateTimeOffset at) =>
        clocks.Change(c => c.Running && c.PausedAt is not null, c => c.RunOn(at) with { Generation = c.Generation + 1 });

    /// <summary>A clock that stood still, due later by that time.</summary>
    private static Clock RunOn(this Clock clock, DateTimeOffset at)
    {
        if (clock.PausedAt is not { } since)
        {
            return clock;
        }

        var still = at > since ? at - since : TimeSpan.Zero;
        return clock with { DueAt = clock.DueAt + still, PausedAt = null, StoodStill = still > TimeSpan.Zero ? (clock.StoodStill ?? TimeSpan.Zero) + still : clock.StoodStill };
    }

    /// <summary>
    /// The next generation of a clock. Aimed at a time that had passed already when its miss was recorded, it is the same miss, and is
    /// not recorded again; with new time ahead it starts unbreached.
    /// </summary>
    private static Clock After(Clock old, Clock next)
    {
        var same = old is { Running: true, DetectedAt: { } detected } && next.DueAt <= detected;
        return next with
        {
            Generation = old.Generation + 1,
            BreachedAt = same ? old.BreachedAt : null,
            DetectedAt = same ? old.DetectedAt : null,
            Breaches = old.Breaches,
        };
    }

    private static ImmutableList<Clock> Change(this ImmutableList<Clock> clocks, Func<Clock, bool> which, Func<Clock, Clock> change) =>
        clocks.Any(which) ? [.. clocks.Select(c => which(c) ? change(c) : c)] : clocks;
}
