using CrisisOps.Domain.Crises;

namespace CrisisOps.Domain.Escalations;

/// <summary>A threat to life that belongs to a crisis is told to law enforcement once, by its command (domain §2.2, §9.1).</summary>
public static class ReferralByCrisis
{
    /// <summary>When the command told them of what this clock asks for; null when it did not. A referral that names no case is about all of them.</summary>
    public static DateTimeOffset? Of(Escalation state, Clock clock, Crisis? crisis) =>
        clock.Kind != ClockKind.ThreatToLifeReferral ? null : crisis?.Referrals.Find(r => r.At >= clock.StartedAt && (r.Escalations.Count == 0 || r.Escalations.Contains(state.Key)))?.At;

    /// <summary>The case with its referral clocks as the command of the crisis has met them.</summary>
    public static Escalation WithReferralOf(this Escalation state, Crisis? crisis) => state with
    {
        Clocks = [.. state.Clocks.Select(c => c.MetAt is null && Of(state, c, crisis) is { } at && !(c.StoppedAt < at) ? c with { MetAt = at, LearnedAt = at, PausedAt = null } : c)],
    };
}
