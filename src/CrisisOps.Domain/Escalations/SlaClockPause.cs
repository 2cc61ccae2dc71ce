using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Pausable clocks stand still while the requester is asked something (domain §2.1): from the first open question put to the
/// requester until the last one is answered or has expired. Legal clocks never pause.
/// </summary>
internal static class SlaClockPause
{
    /// <summary>The event of a pause, if some clock pauses.</summary>
    public static IEnumerable<object> Begin(Escalation state) =>
        state.Clocks.Where(Clocks.MayPause).Select(c => c.ClockId).ToArray() is { Length: > 0 } ids
            ? [new SlaClockPaused(ids)]
            : [];

    /// <summary>A clock that starts while the requester is being asked starts standing still.</summary>
    public static Clock Started(this Clock clock, Escalation state, DateTimeOffset now) =>
        clock is { Pausable: true, PausedAt: null } && clock.DueAt > now && state.OpenConsults.Any(c => c.External) ? clock with { PausedAt = now } : clock;

    /// <summary>The event of the end of a pause, if this consult was the last open question to the requester and some clock stands still.</summary>
    public static IEnumerable<object> End(Escalation state, Consult settled) =>
        settled.External
        && !state.OpenConsults.Any(c => c.External && c.ConsultId != settled.ConsultId)
        && state.Clocks.Where(c => c.Running && c.PausedAt is not null).Select(c => c.ClockId).ToArray() is { Length: > 0 } ids
            ? [new SlaClockResumed(ids)]
            : [];
}

public sealed record SlaClockPaused(IReadOnlyList<string> ClockIds) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Clocks = state.Clocks.Pause(stamp.RecordedAt) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"Clocks stand still until the requester answers: {string.Join(", ", ClockIds)}").ToCrossFunctional();
}

public sealed record SlaClockResumed(IReadOnlyList<string> ClockIds) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var clocks = state.Clocks.Resume(stamp.RecordedAt);
        return state with { Clocks = clocks, NextUpdateDue = clocks.Find(ClockKind.Update)?.DueAt ?? state.NextUpdateDue };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"Clocks run again: {string.Join(", ", ClockIds)}").ToCrossFunctional();
}
