using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Escalations;

/// <summary>The row of a list, as JSON made once when the row is written; the partner's holds its own receipt and nothing of the case.</summary>
public static class EscalationCard
{
    public static string Write(Escalation state) => JsonSerializer.Serialize(
        new
        {
            state.Key,
            state.Title,
            State = state.State.ToString(),
            Severity = state.EffectiveSeverity,
            Triaged = state.Severity is not null,
            state.PolicyArea,
            state.Regions,
            state.Source,
            state.Flags,
            // The card is everybody's; whether law enforcement has to do with it is Core's (domain §4).
            Desk = state.Route?.Desk is { } desk and not Function.LawEnforcementOutreach ? desk : (Function?)null,
            state.Owner,
            Tlp = TlpNames.Of(state.Tlp),
            state.ReportCount,
            state.RaisedAt,
            state.PriorityScore,
            Exercise = state.Exercise ? true : (bool?)null,
            state.MergedInto,
            SnoozedUntil = state.Snooze?.Until,
        },
        Json.Stored);

    public static string WriteForPartner(Escalation state) => JsonSerializer.Serialize(
        new { state.Key, State = PartnerState(state), state.RaisedAt, state.ExternalRef },
        Json.Stored);

    /// <summary>What a partner learns of its own report: received, being looked at, answered. A merge looks like any other case.</summary>
    public static string PartnerState(Escalation state) => state switch
    {
        { Stage: EscalationState.Received } => "Received",
        { RequesterAnsweredAt: not null } or { Stage: EscalationState.Resolved or EscalationState.Closed or EscalationState.Rejected or EscalationState.Voided } => "Answered",
        _ => "UnderReview",
    };
}
