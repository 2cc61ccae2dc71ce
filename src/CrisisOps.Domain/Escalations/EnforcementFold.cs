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

    /// <summary>
    /// Keeps the newest result of each action, and the legal clocks in step: met when all of the decision is done, owed again when it turns
    /// out not to be. An interim action meets no legal clock: what an order asks for is decided.
    /// </summary>
    public static Escalation WithResults(this Escalation state, IReadOnlyList<EnforcementResult> results, Stamp stamp)
    {
        var interim = results.Where(state.OfInterimAction).ToLookup(r => r.ActionId, StringComparer.Ordinal);
        if (interim.Count > 0)
        {
            state = state with { InterimActions = state.InterimActions.ConvertAll(a => interim[a.ActionId].Aggregate(a, With)) };
        }

        EnforcementResult[] decided = [.. results.Where(r => !interim.Contains(r.ActionId))];
        if (decided.Length == 0)
        {
            return state;
        }

        var before = state.Decision!;
        var after = before with { Results = [.. before.Results.Where(r => decided.All(n => n.ActionId != r.ActionId)), .. decided] };
        return state with { Decision = after, Clocks = state.Clocks.Keep(LastDone(before), LastDone(after), stamp.RecordedAt) };
    }

    /// <summary>Whether a result is about an interim action of this case.</summary>
    public static bool OfInterimAction(this Escalation state, EnforcementResult result) => state.InterimActions.Exists(a => a.ActionId == result.ActionId);

    private static InterimAction With(InterimAction action, EnforcementResult result) => result.Undo ? action with { Undone = result } : action with { Result = result };

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
