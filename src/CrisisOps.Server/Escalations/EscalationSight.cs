using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Escalations;

/// <summary>What of an escalation decides who may see it.</summary>
public static class EscalationSight
{
    public static SightFacts Of(Escalation state) => new(
        state.Tlp,
        [.. state.Regions],
        state.Owner is { } owner ? [owner, .. state.CoOwners] : [.. state.CoOwners],
        [.. state.NamedReaders],
        [.. state.GlassBreaks.Select(g => g.Person)],
        [.. state.Consults.Where(c => c.Function is not null).Select(c => c.Function!.Value).Distinct()],
        [.. Involved(state)],
        state.Requester?.PartnerId);

    /// <summary>Roles the case waits for: they read it as consulted functions do, or they could not do their part.</summary>
    private static IEnumerable<Role> Involved(Escalation state)
    {
        if (state.Stage == EscalationState.DecisionProposed)
        {
            yield return Role.PolicyExpert;
        }

        if (state.Has(Flag.LegalOrder) || state.LegalBasis is not null || state.Decision is { LocalLaw: true })
        {
            yield return Role.LegalCounsel;
        }

        if (state.Source == Source.Press || state.PolicyArea == PolicyArea.MediaInquiry)
        {
            yield return Role.Communications;
        }
    }
}
