namespace CrisisOps.Domain.Escalations;

/// <summary>The order of the queue (domain §9.3): live danger, legal deadline under four hours, severity, SLA share left, age.</summary>
public static class Queueing
{
    /// <summary>A legal deadline outranks severity only when it is nearer than this.</summary>
    public static readonly TimeSpan LegalHorizon = TimeSpan.FromHours(4);

    /// <summary>ThreatToLife or LiveContent.</summary>
    public static bool LiveDanger(Escalation state) => state.Has(Flag.ThreatToLife) || state.Has(Flag.LiveContent);

    /// <summary>The nearest running legal clock.</summary>
    public static Clock? LegalClock(Escalation state) => state.Clocks.Where(c => c.Running && c.Legal).MinBy(c => c.DueAt);

    /// <summary>The nearest clock that a law or the proof of one sets: a legal clock, or the legal basis still owed.</summary>
    public static Clock? LegalObligation(this Escalation state) =>
        state.Clocks.Where(c => c.Running && (c.Legal || c.Kind == ClockKind.LegalBasis)).MinBy(c => c.DueAt);

    /// <summary>The service-level clock that runs out next; a paused clock does not press.</summary>
    public static Clock? PressingClock(Escalation state) =>
        state.Clocks.Where(c => c.Running && !c.Legal && c.PausedAt is null).MinBy(c => c.DueAt);

    /// <summary>Waits in the queue: open and not snoozed.</summary>
    public static bool Queued(Escalation state) => state.Open && state.Snooze is null;

    /// <summary>0 to 1000: live danger 500, a legal order 100, severity up to 400; the parts of the order that do not move with the clock.</summary>
    public static int Score(Escalation state) =>
        (LiveDanger(state) ? 500 : 0) + (LegalClock(state) is not null ? 100 : 0) + (100 * (4 - (int)state.EffectiveSeverity));
}
