using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>What a reclassification starts, and how it is told.</summary>
internal static class Reclassification
{
    public static IEnumerable<Clock> Clocks(
        Reclassify command, Escalation state, PolicyArea area, IReadOnlyList<Flag> marks, Severity? raised, DecisionContext context)
    {
        var levels = context.Rules.ServiceLevels;
        Clock[] legal = command.LegalBasis is not null || command.HardDeadline is not null || (marks.Contains(Flag.LegalOrder) && !state.Has(Flag.LegalOrder))
            ? [.. ClockAim.AtLegalOrder(state, command.LegalBasis ?? state.LegalBasis, command.HardDeadline ?? state.HardDeadline, command.OccurredAt ?? context.Now, context.Rules.BusinessDays)]
            : [];
        var severity = raised is { } floor ? ClockAim.AtSeverityChange(state, floor, context) : [];

        // A legal clock that starts replaces first response.
        foreach (var clock in severity.Where(c => c.Kind != ClockKind.FirstResponse || legal.Length == 0).Concat(legal))
        {
            yield return clock;
        }

        // A referral made stays made; one that was declined is asked again by a new claim.
        if (marks.Contains(Flag.ThreatToLife) && !state.Has(Flag.ThreatToLife) && state.Referral is not { Referred: true })
        {
            yield return ClockAim.Referral(levels, context.Now);
        }

        if (area == PolicyArea.Undetermined && state.PolicyArea != PolicyArea.Undetermined && state.Stage != EscalationState.Received)
        {
            yield return ClockAim.AreaOwed(levels, context.Now);
        }
    }

    public static IEnumerable<string> Told(Escalation before, Escalation after)
    {
        if (before.PolicyArea != after.PolicyArea)
        {
            yield return $"{before.PolicyArea} to {after.PolicyArea}";
        }

        if (before.EffectiveSeverity != after.EffectiveSeverity)
        {
            yield return $"raised to {after.EffectiveSeverity}, the floor of the election phase";
        }

        if (!before.Regions.SequenceEqual(after.Regions))
        {
            yield return $"region {string.Join(" ", after.Regions)}";
        }

        if (!before.Languages.SequenceEqual(after.Languages))
        {
            yield return $"language {string.Join(" ", after.Languages)}";
        }

        foreach (var flag in after.Flags.Except(before.Flags))
        {
            yield return $"now {flag}";
        }

        foreach (var flag in before.Flags.Except(after.Flags))
        {
            yield return $"not {flag}";
        }

        if (before.Product != after.Product || before.Surface != after.Surface)
        {
            yield return $"{after.Product} {after.Surface}";
        }
    }
}
