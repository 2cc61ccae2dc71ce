using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>
/// An alert of a source, whatever the format it came in. It is never refused for a member that we do not know or a value that is out of range,
/// unless its own format refuses it: what had to be cut or left out stands in <see cref="Marks"/> (domain §9.5).
/// </summary>
/// <param name="ExternalRef">
/// Names this alert once at its source, 1 to 200 characters: the same reference again, in whatever format, is the same alert sent again and
/// counts nothing. A format without one takes a hash of what was sent.
/// </param>
/// <param name="Title">1 to 300 characters.</param>
public sealed record IncomingAlert(AlertFormat Format, string ExternalRef, string Title, AlertAction Action = AlertAction.Trigger)
{
    /// <summary>The source's own name for what goes on: alerts with the same one belong together while their escalation is open. At most 255 characters.</summary>
    public string? DedupKey { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>How bad it is, as the source says it; the rules of the intake say what that means here. At most 50 characters.</summary>
    public string? SeverityWord { get; init; }

    public PolicyArea? PolicyArea { get; init; }

    public Surface? Surface { get; init; }

    /// <summary>One of the platform's products, if the source names one.</summary>
    public string? Product { get; init; }

    /// <summary>ISO 3166-1 or -2 codes.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>BCP 47 tags.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>At most 100. Alerts about the same piece of content fold together, whichever source they come from.</summary>
    public IReadOnlyList<ContentRef> ContentRefs { get; init; } = [];

    /// <summary>At most 100 opaque references, such as the address of a ticket at the source.</summary>
    public IReadOnlyList<string> EvidenceRefs { get; init; } = [];

    public bool ThreatToLife { get; init; }

    public bool LiveContent { get; init; }

    /// <summary>A drill or a test: it raises an exercise, which reaches no real person, and never folds with what is real.</summary>
    public bool Exercise { get; init; }

    /// <summary>More secret than the source's own, if the alert says so.</summary>
    public Tlp? Tlp { get; init; }

    /// <summary>When it was true, UTC; null when the source does not say. A later time than ours is clamped to ours.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Opaque reference of whoever wrote, to whom an answer goes; never an address.</summary>
    public string? ContactRef { get; init; }

    /// <summary>A machine answers, nobody reports: an out-of-office reply, a bounce, our own mail come back. It is kept and raises nothing, whatever it belongs to.</summary>
    public bool Automatic { get; init; }

    /// <summary>What had to be cut, clamped or left out, a short sentence each.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];
}

/// <summary>What a source says of its own alert. Only the first opens anything; the last never closes anything here.</summary>
public enum AlertAction { Trigger, Acknowledge, Resolve }

/// <summary>The formats in which alerts come in.</summary>
public enum AlertFormat { Alerts, CloudEvents, Cap, PagerDuty, Alertmanager, Coop, Mail }
