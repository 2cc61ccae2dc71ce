using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The scores of an assessment and what they come to; <see cref="Level"/> is null below the threshold.</summary>
public sealed record Assessment(int Consequence, int Virality, CrisisLevel? Level, Certainty Certainty, string By, DateTimeOffset At);

/// <summary>Who holds a role of the command.</summary>
/// <param name="Area">What a subject-matter expert or a regional lead is responsible for.</param>
public sealed record RoleHolder(CommandRole Role, string Person, string? Area, DateTimeOffset Since);

/// <summary>A lever with its end. There is none without.</summary>
/// <param name="Approver">Somebody other than the owner; null when the owner acted alone.</param>
public sealed record Lever(
    string LeverId, LeverKind Kind, string Scope, string Owner, string? Approver, string? RightsNote, DateTimeOffset ActivatedAt, DateTimeOffset ExpiresAt)
{
    public LeverState State { get; init; }

    /// <summary>Grows with each extension, so that an older timer does nothing.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>When it was last extended: its run counts from there. Null for never.</summary>
    public DateTimeOffset? ExtendedAt { get; init; }

    /// <summary>Turned on by one person alone; somebody else still has to look at it.</summary>
    public bool ReviewOwed { get; init; }

    public bool Active => State == LeverState.Active;
}

/// <summary>An escalation that belongs to the crisis.</summary>
public sealed record AttachedEscalation(string Key, bool ByRule);

/// <summary>An update in the CAN shape, in its newest revision.</summary>
/// <param name="UpdateId">With its revision, for example <c>U-1r1</c>.</param>
/// <param name="EntryVersion">The version of the event whose entry shows it.</param>
public sealed record CrisisUpdate(
    string UpdateId, string BaseId, int Revision, long EntryVersion, IReadOnlyList<UpdateFor> Audiences, string Condition, DateTimeOffset PostedAt)
{
    /// <summary>What was asked for, as its readers without a text of their own read it.</summary>
    public string? Needs { get; init; }

    /// <summary>Secrecy of the update, if higher than the crisis's own.</summary>
    public Tlp Tlp { get; init; }
    public DateTimeOffset? AckDueAt { get; init; }
    public IReadOnlyList<string> AcknowledgedBy { get; init; } = [];
    public bool AckOverdue { get; init; }

    /// <summary>A holding line that one person released; somebody still has to look at it.</summary>
    public bool ReviewOwed { get; init; }

    /// <summary>Its entry was redacted: only Core reads what it says and asks for.</summary>
    public bool Redacted { get; init; }

    public bool Public => Audiences.Any(a => a.Audience == Audience.Public);
}

/// <summary>An audience of an update, with a text of its own if it has one.</summary>
public sealed record UpdateFor(Audience Audience, string? Text = null);

/// <summary>A statement for the public, waiting for the incident commander.</summary>
public sealed record PublicDraft(string DraftId, string Text, string DraftedBy, bool Used = false);

/// <summary>The next update that was promised; it is owed until an update or a situation report goes out.</summary>
public sealed record PromisedUpdate(DateTimeOffset DueAt, int Generation, bool Missed = false);

/// <summary>A situation report that went out.</summary>
public sealed record SitRep(int Number, SitRepVersion Version, DateTimeOffset PeriodFrom, DateTimeOffset PeriodTo, DateTimeOffset PublishedAt);

/// <summary>A slot in which no situation report went out; owed until the next one does.</summary>
public sealed record MissedSitRep(int Generation, DateTimeOffset DueAt);

/// <summary>A message of an alert: the alert itself, an update of it or its cancellation.</summary>
/// <param name="Chain">The id of the first message of this alert.</param>
public sealed record PartnerAlert(
    string AlertId, string Chain, IReadOnlyList<string> Recipients, IReadOnlyList<string> References, Tlp Tlp, AlertScope Scope, DateTimeOffset SentAt)
{
    public DateTimeOffset? AckDueAt { get; init; }
    public IReadOnlyList<PartnerAck> Acks { get; init; } = [];

    /// <summary>Partners whose window passed, and who are called now.</summary>
    public IReadOnlyList<string> Overdue { get; init; } = [];

    /// <summary>Partners to whom this message did not come.</summary>
    public IReadOnlyList<string> Undelivered { get; init; } = [];

    /// <summary>The whole alert was cancelled: all clear.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Partners that have not acknowledged this message.</summary>
    [JsonIgnore] public IEnumerable<string> Silent => Recipients.Where(r => Acks.All(a => a.Partner != r));
}

public sealed record PartnerAck(string Partner, Channel Channel, string By, DateTimeOffset At);

/// <summary>A decision of the command, with what was weighed.</summary>
public sealed record CommandDecision(string DecisionId, string Question, string Chosen, DateTimeOffset At);

/// <summary>Law enforcement was told. Core only, RED.</summary>
public sealed record CrisisReferral(string Basis, string Authority, string Reference, IReadOnlyList<string> Escalations, DateTimeOffset At);
