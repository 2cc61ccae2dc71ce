using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>The escalation that an alert raises.</summary>
public static class Raising
{
    /// <summary>
    /// Its command. A reference that a partner gave counts wherever the partner reports; one of a system of our own counts for that system only.
    /// </summary>
    public static RaiseEscalation Of(IncomingAlert alert, AlertSource source, IntakeReading reading, Rules rules, DateTimeOffset now) => new(
        alert.Title, source.Kind, alert.Surface ?? source.Surface, alert.Text,
        source.PartnerId is null && alert.ContactRef is null ? null : new Requester(source.PartnerId, alert.ContactRef, Language: alert.Languages is [var first, ..] ? first : null),
        alert.Product is { } product && rules.Products.Contains(product) ? product : null,
        alert.ContentRefs, reading.Regions, alert.Languages, reading.Severity, alert.ThreatToLife, alert.LiveContent,
        source.PartnerId is null ? $"{source.Key}/{alert.ExternalRef}" : alert.ExternalRef,
        EvidenceRefs: alert.EvidenceRefs, Exercise: alert.Exercise || source.Exercise, PolicyArea: reading.PolicyArea)
    {
        OccurredAt = alert.OccurredAt is { } at && at < now && at.Year >= 2000 ? at : null,
        Tlp = SecrecyOf(alert, source),
    };

    /// <summary>RED names its readers, and an alert can name none: it would be read by nobody.</summary>
    public static Tlp SecrecyOf(IncomingAlert alert, AlertSource source)
    {
        var asked = alert.Tlp is { } tlp && tlp > source.ReportTlp ? tlp : source.ReportTlp;
        return asked > Tlp.AmberStrict ? Tlp.AmberStrict : asked;
    }

    /// <summary>What of an alert its source may not say, as marks on it (domain §9.5): it counts without.</summary>
    public static IEnumerable<string> Cut(IncomingAlert alert, AlertSource source)
    {
        if (alert.PolicyArea is { } area && area != PolicyArea.Undetermined && !source.PolicyAreas.IsEmpty && !source.PolicyAreas.Contains(area))
        {
            yield return $"policyArea: {area} was not agreed for this source, and was left out.";
        }

        if (!source.Regions.IsEmpty && alert.Regions.Where(r => !source.MayReport(r)).ToArray() is { Length: > 0 } elsewhere)
        {
            yield return $"regions: {string.Join(", ", elsewhere)} was not agreed for this source, and was left out.";
        }

        if (alert.Tlp > Tlp.AmberStrict)
        {
            yield return "tlp: RED names its readers, and an alert can name none; taken as AMBER+STRICT.";
        }
    }

    /// <summary>Who reports: the source itself, which may open escalations and see none.</summary>
    public static Caller CallerOf(AlertSource source) =>
        new(source.Key, ActorType.Integration, new HashSet<Role> { Role.Integration }, new HashSet<Function>(), [], Tlp.AmberStrict);
}
