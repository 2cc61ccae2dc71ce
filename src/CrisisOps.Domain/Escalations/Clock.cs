using System.Collections.Immutable;

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
    /// <summary>When the obligation was met in the world; null while it is owed.</summary>
    public DateTimeOffset? MetAt { get; init; }

    /// <summary>When we learned that it was met; later than <see cref="MetAt"/> if recorded late (domain §9.2).</summary>
    public DateTimeOffset? LearnedAt { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Ended without being met: the case was merged, rejected, voided, or another clock replaced it.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    public bool Running => MetAt is null && StoppedAt is null;

    public bool Legal => Kind == ClockKind.Legal;
}

/// <summary>Pure steps on the clocks of an escalation.</summary>
public static class Clocks
{
    public static Clock? Find(this ImmutableList<Clock> clocks, ClockKind kind) => clocks.Find(c => c.Kind == kind && c.Running);

    /// <summary>Starts a clock, or aims a running one of the same id anew (its generation grows).</summary>
    public static ImmutableList<Clock> Aim(this ImmutableList<Clock> clocks, Clock clock)
    {
        var index = clocks.FindIndex(c => c.ClockId == clock.ClockId);
        return index < 0
            ? clocks.Add(clock)
            : clocks.SetItem(index, clock with { Generation = clocks[index].Generation + 1 });
    }

    /// <summary>Marks every running clock of the kind as met.</summary>
    /// <param name="at">When it happened in the world.</param>
    public static ImmutableList<Clock> Meet(this ImmutableList<Clock> clocks, ClockKind kind, DateTimeOffset at, DateTimeOffset learned) =>
        clocks.Change(c => c.Kind == kind && c.Running, c => c with { MetAt = at, LearnedAt = learned, PausedAt = null });

    /// <summary>Marks the running clocks of the choice as met.</summary>
    public static ImmutableList<Clock> Meet(this ImmutableList<Clock> clocks, Func<Clock, bool> which, DateTimeOffset at, DateTimeOffset learned) =>
        clocks.Change(c => c.Running && which(c), c => c with { MetAt = at, LearnedAt = learned, PausedAt = null });

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
        clocks.Change(c => c.Running && c.Pausable && c.PausedAt is null, c => c with { PausedAt = at, Generation = c.Generation + 1 });

    /// <summary>Resumes paused clocks that still run; each is due later by the time it stood still.</summary>
    public static ImmutableList<Clock> Resume(this ImmutableList<Clock> clocks, DateTimeOffset at) =>
        clocks.Change(c => c.Running && c.PausedAt is not null, c => c with { DueAt = c.DueAt + (at - c.PausedAt!.Value), PausedAt = null, Generation = c.Generation + 1 });

    private static ImmutableList<Clock> Change(this ImmutableList<Clock> clocks, Func<Clock, bool> which, Func<Clock, Clock> change) =>
        clocks.Any(which) ? [.. clocks.Select(c => which(c) ? change(c) : c)] : clocks;
}
