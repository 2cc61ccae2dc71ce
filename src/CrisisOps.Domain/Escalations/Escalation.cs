using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Where an escalation stands. <see cref="AwaitingInput"/> is never stored: it is derived.</summary>
public enum EscalationState
{
    None, Received, Triaged, Assigned, Investigating, AwaitingInput, DecisionProposed, Decided, Resolved, Closed, Rejected, Merged, Voided,
}

/// <summary>Marks that change the order of the queue, the clocks or the eyes a decision needs.</summary>
public enum Flag { ThreatToLife, LiveContent, MinorInvolved, PublicFigure, Newsworthy, StateActor, GreyArea, Novel, LegalOrder }

/// <summary>How an escalation ended.</summary>
public enum Outcome
{
    ViolationActioned, NoViolation, AlreadyActioned, GeoRestricted, Complied, PartiallyComplied, Refused, InformationProvided,
    Redirected, UnableToAction,
}

/// <summary>One escalation, folded from its events. Immutable; the same fold serves the write path, as-of reads and replay.</summary>
public sealed record Escalation
{
    public static readonly Escalation None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }

    /// <summary>The state as the transitions of domain §2.1 know it.</summary>
    public EscalationState Stage { get; init; }

    /// <summary>The state as people see it: AwaitingInput when consults are open and nothing else is under way.</summary>
    public EscalationState State => Stage == EscalationState.Investigating && OpenConsults.Any() && !OpenTasks.Any()
        ? EscalationState.AwaitingInput
        : Stage;

    public string Title { get; init; } = "";
    public string? Allegation { get; init; }
    public Source Source { get; init; }
    public string? ExternalRef { get; init; }
    public Requester? Requester { get; init; }
    public string? Product { get; init; }
    public Surface Surface { get; init; }
    public ImmutableList<ContentRef> ContentRefs { get; init; } = [];
    public ImmutableList<string> Regions { get; init; } = [];
    public ImmutableList<string> Languages { get; init; } = [];
    public PolicyArea PolicyArea { get; init; }
    public TvecCode? Tvec { get; init; }
    public Severity ProposedSeverity { get; init; } = Shared.Severity.SEV2;

    /// <summary>The triaged severity; null until triage. <see cref="EffectiveSeverity"/> is the one in force.</summary>
    public Severity? Severity { get; init; }
    public ImmutableList<Flag> Flags { get; init; } = [];
    public string? LegalBasis { get; init; }
    public DateTimeOffset? HardDeadline { get; init; }
    public Tlp Tlp { get; init; } = Tlp.AMBER;
    public bool Exercise { get; init; }

    public DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset RaisedAt { get; init; }
    public string RaisedBy { get; init; } = "";
    public ImmutableList<Clock> Clocks { get; init; } = [];

    /// <summary>The desk it goes to first, and the rule that chose it; null in cases from before there was a routing.</summary>
    public Route? Route { get; init; }
    public string? Owner { get; init; }
    public ImmutableList<string> CoOwners { get; init; } = [];
    public int ReportCount { get; init; } = 1;

    /// <summary>Alerts of sources that were folded into it, by source and reason.</summary>
    public ImmutableList<FoldedReports> Folded { get; init; } = [];
    public string? MergedInto { get; init; }
    public EscalationState StageBeforeMerge { get; init; }

    /// <summary>The clocks the merge stopped; an unmerge lets exactly these run again.</summary>
    public ImmutableList<string> ClocksStoppedByMerge { get; init; } = [];

    /// <summary>The crisis it belongs to; one at a time.</summary>
    public string? CrisisKey { get; init; }

    /// <summary>
    /// While the crisis it belongs to is live, its cadence replaces the update clock (domain §2.1). A case that has ended keeps what was so
    /// at its end, until it is taken up again.
    /// </summary>
    public bool PacedByCrisis { get; init; }

    /// <summary>The election it touches; one at a time.</summary>
    public string? ElectionKey { get; init; }

    public int Findings { get; init; }
    public ImmutableList<Evidence> Evidence { get; init; } = [];
    public ImmutableList<Consult> Consults { get; init; } = [];
    public ImmutableList<CaseTask> Tasks { get; init; } = [];
    public ImmutableList<InterimAction> InterimActions { get; init; } = [];
    public CaseDecision? Decision { get; init; }
    public int DecisionCount { get; init; }
    public ReferralOutcome? Referral { get; init; }
    public Snooze? Snooze { get; init; }

    /// <summary>How often it was snoozed: the generation of the newest wake-up time.</summary>
    public int Snoozes { get; init; }
    public Outcome? Outcome { get; init; }
    /// <summary>When a receipt went out; triage meets the same clock without one.</summary>
    public DateTimeOffset? ReceiptAcknowledgedAt { get; init; }
    public DateTimeOffset? RequesterAnsweredAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Until when it may be disputed; null while it is not resolved.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>How often it was resolved: the generation of the newest end of the dispute time.</summary>
    public int Resolutions { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? NextUpdateDue { get; init; }

    /// <summary>Persons who may read RED entries of this escalation; the owners always may.</summary>
    public ImmutableList<string> NamedReaders { get; init; } = [];

    /// <summary>Entries whose words were erased, by version.</summary>
    public ImmutableList<long> Erased { get; init; } = [];

    /// <summary>Persons reading above their clearance by break-glass, with the end of it.</summary>
    public ImmutableList<GlassBreak> GlassBreaks { get; init; } = [];

    /// <summary>How often the glass was broken: the generation of the newest end.</summary>
    public int GlassBreakCount { get; init; }
    public SeverityRaise? LastSeverityRaise { get; init; }
    public TlpRaise? LastTlpRaise { get; init; }
    public TlpLowering? TlpLowering { get; init; }

    /// <summary>True when the raise lacks the legal basis or the evidence that is due within 60 minutes (domain §9.1).</summary>
    public bool LegalBasisOwed { get; init; }

    public Severity EffectiveSeverity => Severity ?? ProposedSeverity;

    [JsonIgnore] public bool Open => Stage is >= EscalationState.Received and <= EscalationState.Decided;
    [JsonIgnore] public IEnumerable<Consult> OpenConsults => Consults.Where(c => c.Open);
    [JsonIgnore] public IEnumerable<CaseTask> OpenTasks => Tasks.Where(t => t.Open);

    public bool Has(Flag flag) => Flags.Contains(flag);

    public bool Owns(string person) => Owner == person || CoOwners.Contains(person);

    /// <summary>A number that sorts like the queue among cases of the same SLA share: higher is more urgent (domain §9.3).</summary>
    public int PriorityScore => Queueing.Score(this);

    /// <summary>Every clock of this escalation that must do something when it runs out.</summary>
    [JsonIgnore] public IEnumerable<Deadline> Deadlines => EscalationDeadlines.Of(this);

    /// <summary>The one fold: Marten's aggregation, the write path and the replay all call it.</summary>
    public static Escalation Fold(Escalation state, object @event, Stamp stamp) =>
        ((IEscalationEvent)@event).Apply(state, stamp) with { Version = stamp.Version };
}

/// <summary>An event of the escalation stream.</summary>
public interface IEscalationEvent : IStreamEvent<Escalation>;

/// <summary>A command on the escalation stream.</summary>
public interface IEscalationCommand<TSelf> : ICommand<Escalation, TSelf>
    where TSelf : Command, IEscalationCommand<TSelf>;
