using System.Collections.Immutable;
using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Deliveries;

/// <summary>What a message is for.</summary>
public enum DeliveryKind
{
    Alert, AlertUpdate, AlertCancel, Verification, Test,

    /// <summary>An order to the platform's own systems.</summary>
    EnforcementOrder,

    // News of an incident, to those who are on duty or asked for it.
    Initial, Update, SitRep, LevelChange, Stabilised, Reopened, CaseUpdate, ElectionUpdate,

    /// <summary>The new text instead of one that was wrong.</summary>
    Correction,

    /// <summary>What was told is not to be used any more; there is nothing instead, or nothing that this reader may read.</summary>
    Withdrawal,

    /// <summary>It is over.</summary>
    AllClear,

    /// <summary>It never was.</summary>
    DeclaredInError,

    /// <summary>Several news of one incident in one message.</summary>
    Digest,

    // To one person, because of what they have to do now.
    RoleAssigned, Page, Consult,

    // To whoever raised a case.
    RequesterReceipt, RequesterOutcome, RequesterQuestion, PressLine,

    /// <summary>Asks whether its receiver wants what was requested for them.</summary>
    SubscriptionRequest,
}

/// <summary>Where a delivery stands (domain §2.7). While an attempt is on its way it is still <see cref="Queued"/>.</summary>
public enum DeliveryState
{
    Queued,

    /// <summary>The other side has taken it.</summary>
    Delivered,

    /// <summary>A person or a system there has said so.</summary>
    Acknowledged,

    /// <summary>Given up: it waits in the list of the dead letters until somebody sends it again.</summary>
    Exhausted,

    /// <summary>Decided against when it was planned or when it was to go out: clearance, state of the partner, no way to reach it.</summary>
    Suppressed,

    /// <summary>Overtaken by events: acknowledged otherwise, or the alert was cancelled.</summary>
    Cancelled,
}

/// <summary>A message to one recipient, rendered.</summary>
/// <param name="Id">Made from what it says to whom, so planning it twice is planning it once.</param>
/// <param name="Incident">The stream it is about.</param>
/// <param name="About">What it says, by the id that the incident has for it, for example an alert.</param>
/// <param name="Recipient">Key of the partner, or the name that nobody has.</param>
/// <param name="Endpoint">Empty when there is none.</param>
/// <param name="Ordered">Not before what was planned for the same endpoint and incident earlier.</param>
/// <param name="Suppressed">Why it does not go out; null when it does.</param>
public sealed record PlannedDelivery(
    string Id,
    string Incident,
    DeliveryKind Kind,
    string About,
    string Recipient,
    string Endpoint,
    Channel Channel,
    Tlp Tlp,
    bool Ordered,
    RenderedMessage Message,
    string? Suppressed = null)
{
    /// <summary>As whom its receiver reads it; null for what is addressed by name, such as an alert.</summary>
    public Audience? Audience { get; init; }

    /// <summary>What it was rendered with; null for what has no template.</summary>
    public string? Template { get; init; }

    /// <summary>The entries of the incident's timeline that it tells, by version; empty for what is no news of one.</summary>
    public ImmutableArray<string> Covers { get; init; } = [];

    /// <summary>It does not go out before; null means now.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when its reader must have been told (domain §4); null where nothing says so.</summary>
    public DateTimeOffset? DueBy { get; init; }

    /// <summary>The subscription under which it goes out, and which its receiver can end; null for what is addressed by name.</summary>
    public string? Subscription { get; init; }

    /// <summary>The code that stands in its text, see <see cref="ReplyCodes"/>; null for what carries none.</summary>
    public string? ReplyCode { get; init; }

    /// <inheritdoc cref="OutgoingMessage.InReplyTo"/>
    public string? InReplyTo { get; init; }
}

/// <summary>For whom a message is and what it is about: what decides, whenever it is asked, whether it may go out and where.</summary>
/// <param name="Overtaken">Why it must not go out again: what it says was over while it was on its way; null otherwise.</param>
public sealed record Addressed(string Id, string Incident, string Recipient, string Endpoint, DeliveryKind Kind, Tlp Tlp, Audience? Audience, string? Overtaken);

/// <summary>The bytes of a message.</summary>
/// <param name="Told">What its receiver learns by it, in words: for whoever asks later what they knew. Without the link that it carries.</param>
public sealed record RenderedMessage(string Subject, string ContentType, byte[] Body, string Told = "")
{
    public static readonly RenderedMessage None = new("", "text/plain", []);

    /// <summary>As whoever opens it sees it.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A message that a node has taken to send it now.</summary>
/// <param name="Restarts">Attempts made before it was last sent again: the schedule counts from there.</param>
public sealed record LeasedDelivery(Addressed To, string Target, Channel Channel, int Attempts, RenderedMessage Message, string BodyHash, int Restarts)
{
    public string Id => To.Id;

    /// <summary>Until when it is this node's, by the database's clock. No other lease of the message has the same, so that a record knows whether it still is.</summary>
    public DateTimeOffset LeasedUntil { get; init; }

    /// <inheritdoc cref="PlannedDelivery.Subscription"/>
    public string? Subscription { get; init; }

    /// <inheritdoc cref="OutgoingMessage.InReplyTo"/>
    public string? InReplyTo { get; init; }
}
