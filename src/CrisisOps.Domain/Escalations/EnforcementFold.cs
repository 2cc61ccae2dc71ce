using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>What results of enforcement do to a case.</summary>
internal static class EnforcementFold
{
    /// <summary>Legal clocks of telling somebody; no enforcement meets them.</summary>
    private static readonly string[] _ofTelling = [LegalProfiles.AuthorityInformed, "DSA_ART16_RECEIPT"];

    /// <summary>Legal clocks that an order or notice is carried out against.</summary>
    public static bool OfActing(Clock clock) => clock.Legal && !_ofTelling.Contains(clock.ClockId);

    /// <summary>Keeps the newest result of each action, and the legal clocks in step: met when all is done, owed again when it turns out not to be.</summary>
    public static Escalation WithResults(this Escalation state, IReadOnlyList<EnforcementResult> results, Stamp stamp)
    {
        var before = state.Decision!;
        var after = before with { Results = [.. before.Results.Where(r => results.All(n => n.ActionId != r.ActionId)), .. results] };
        return state with { Decision = after, Clocks = state.Clocks.Keep(LastDone(before), LastDone(after), stamp.RecordedAt) };
    }

    private static ImmutableList<Clock> Keep(this ImmutableList<Clock> clocks, DateTimeOffset? before, DateTimeOffset? after, DateTimeOffset learned)
    {
        if (before == after)
        {
            return clocks;
        }

        // What this decision had met is owed again, or met at the corrected instant.
        var owed = clocks.ConvertAll(c => OfActing(c) && before is not null && c.MetAt == before ? c with { MetAt = null, LearnedAt = null, Generation = c.Generation + 1 } : c);
        return after is { } met ? owed.Meet(OfActing, met, learned) : owed;
    }

    /// <summary>When the last action of the decision was done; null while something is left to do.</summary>
    private static DateTimeOffset? LastDone(CaseDecision decision) =>
        decision.AllDone && decision.Results.Any(r => r.Done) ? decision.Results.Where(r => r.Done).Max(r => r.At) : null;
}
