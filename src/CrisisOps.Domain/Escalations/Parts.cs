using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Who raised it. Identity never leaves Core.</summary>
/// <param name="ContactRef">An opaque reference into the vault; never a name or an address.</param>
/// <param name="DisclosureLevel">What this requester may be told.</param>
public sealed record Requester(string? PartnerId = null, string? ContactRef = null, DisclosureLevel DisclosureLevel = DisclosureLevel.Outcome, string? Language = null);

/// <summary>How much a requester may be told.</summary>
public enum DisclosureLevel { ReceiptOnly, Outcome, Full }

/// <summary>A piece of content on the platform. The url is a reference for Core only.</summary>
public sealed record ContentRef(string ItemId, string ItemType, string? Url = null);

/// <summary>A reference into the evidence vault; the bytes never sit in an event.</summary>
/// <param name="GraphicLevel">0 none to 4 extreme.</param>
public sealed record Evidence(string EvidenceRef, string? Hash = null, string? MediaType = null, int? GraphicLevel = null);

/// <summary>A question put to a function or to the requester; several may be open at once.</summary>
/// <param name="External">True when the requester is asked: only then do pausable clocks pause.</param>
public sealed record Consult(string ConsultId, Function? Function, string? Region, bool External, string Question, DateTimeOffset DueAt, string AskedBy)
{
    public ConsultState State { get; init; } = ConsultState.Open;

    /// <summary>The secrecy of the question; null for that of the case.</summary>
    public Tlp? Tlp { get; init; }
    public bool Open => State == ConsultState.Open;
}

public enum ConsultState { Open, Answered, Expired }

/// <summary>A reversible action one person took at once; a second person looks at it before it ends (domain §9.1).</summary>
public sealed record InterimAction(string ActionId, EnforcementAction Action, string Scope, string Reason, DateTimeOffset? ExpiresAt, string TakenBy)
{
    public InterimActionState State { get; init; } = InterimActionState.InForce;

    /// <summary>Whether it was carried out, or failed; null while nobody has said.</summary>
    public EnforcementResult? Result { get; init; }

    /// <summary>Whether it was undone after its end, or that failed; null while nobody has said.</summary>
    public EnforcementResult? Undone { get; init; }
}

public enum InterimActionState { InForce, Confirmed, Expired }

/// <summary>What enforcement can do to content or accounts.</summary>
public enum EnforcementAction
{
    RemoveContent, DisableAccess, GeoRestrict, Demote, AgeRestrict, InteractionRestrict, Label, WarningScreen, FeatureLimit,
    SuspendAccount, TerminateAccount, Demonetise, RejectAd, DisableAdAccount, DelistProduct, HashAndBlock, RestoreContent,
    ReinstateAccount, NoAction, PreserveData, ReferToLawEnforcement,
}

/// <summary>What the review of the content found.</summary>
public enum Verdict { Violation, NoViolation, Comply, PartiallyComply, RefuseToComply }

/// <summary>The decision inside an escalation, with everything a reviewer asks for later.</summary>
/// <param name="PolicyVersion">The version in force when it was proposed; pinned by the server.</param>
/// <param name="TerritorialScope">Region codes, or <c>Global</c>.</param>
/// <param name="UnansweredConsults">Consults that were still open when it was proposed.</param>
public sealed record CaseDecision(
    string DecisionKey,
    Verdict Verdict,
    string Rule,
    string PolicyVersion,
    IReadOnlyList<EnforcementAction> Actions,
    IReadOnlyList<string> TerritorialScope,
    string Rationale,
    IReadOnlyList<Function> Consulted,
    IReadOnlyList<string> OptionsWeighed,
    string? Dissent,
    string? HumanRightsNote,
    IReadOnlyList<string> UnansweredConsults,
    string ProposedBy)
{
    public bool Approved { get; init; }
    public string? ApprovedBy { get; init; }
    public IReadOnlyList<EnforcementResult> Results { get; init; } = [];

    /// <summary>A restriction under local law: scoped to regions rather than the whole platform, on a legal basis.</summary>
    public bool LocalLaw { get; init; }

    /// <summary>Actions not done yet; NoAction is done by nature.</summary>
    [JsonIgnore]
    public IEnumerable<EnforcementAction> Pending =>
        Actions.Where(a => a != EnforcementAction.NoAction && !Results.Any(r => r.Action == a && r.Done));

    /// <summary>Approved, and nothing is left to do.</summary>
    [JsonIgnore] public bool AllDone => Approved && !Pending.Any();

    /// <summary>The id of one of the actions: the decision and its position.</summary>
    public string ActionId(EnforcementAction action) => $"{DecisionKey}/{Actions.TakeWhile(a => a != action).Count() + 1}";
}

/// <summary>What became of one action of a decision, or of an interim action.</summary>
public sealed record EnforcementResult(string ActionId, EnforcementAction Action, bool Done, string? ExternalRef, DateTimeOffset At, string? Failure = null)
{
    /// <summary>It is about undoing an interim action that has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Undo { get; init; }
}

/// <summary>Whether law enforcement was told, or why not.</summary>
public sealed record ReferralOutcome(bool Referred, string? Authority, string? Reason, DateTimeOffset At);

/// <summary>Out of the queue until the wake-up time, for a stated reason.</summary>
public sealed record Snooze(string Reason, DateTimeOffset Until, int Generation);

/// <summary>A person reading above their clearance, recorded, until the given instant.</summary>
public sealed record GlassBreak(string Person, string Reason, DateTimeOffset Until, int Generation);

public sealed record SeverityRaise(Severity From, Severity To, string By, DateTimeOffset At);

public sealed record TlpRaise(Tlp From, Tlp To, string By, DateTimeOffset At);

/// <summary>A wish to lower the TLP of an item of our own, waiting for a second person.</summary>
public sealed record TlpLowering(Tlp To, string Reason, string RequestedBy);
