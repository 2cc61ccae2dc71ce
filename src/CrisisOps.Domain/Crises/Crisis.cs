using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>One crisis, folded from its events. Immutable; the same fold serves the write path, as-of reads and replay.</summary>
public sealed record Crisis
{
    public static readonly Crisis None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public CrisisState Stage { get; init; }
    public CrisisType Type { get; init; }
    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string? Codename { get; init; }
    public ImmutableList<string> Regions { get; init; } = [];
    public ImmutableList<string> Languages { get; init; } = [];
    public Tlp Tlp { get; init; } = Tlp.AMBER;
    public bool Exercise { get; init; }
    public string? PredecessorKey { get; init; }

    public CrisisTrigger Trigger { get; init; }
    public string ProposedBy { get; init; } = "";
    public DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public Assessment? Assessment { get; init; }

    /// <summary>The level in force; null until it is declared.</summary>
    public CrisisLevel? Level { get; init; }
    public DateTimeOffset? DeclaredAt { get; init; }
    public string? Justification { get; init; }

    public ImmutableList<RoleHolder> Roles { get; init; } = [];

    /// <summary>Everybody who ever held a role in this crisis: they stay in the core team.</summary>
    public ImmutableList<string> Served { get; init; } = [];
    public ImmutableList<Lever> Levers { get; init; } = [];
    public ImmutableList<AttachedEscalation> Escalations { get; init; } = [];

    /// <summary>What somebody took out of this crisis: another story, which no rule brings back.</summary>
    public ImmutableList<string> Detached { get; init; } = [];
    public ImmutableList<CrisisUpdate> Updates { get; init; } = [];

    /// <summary>Updates that were held back before they went out, and what became of them.</summary>
    public ImmutableList<HeldUpdate> HeldUpdates { get; init; } = [];
    public ImmutableList<PublicDraft> PublicDrafts { get; init; } = [];
    public PromisedUpdate? PromisedUpdate { get; init; }
    public int Promises { get; init; }
    public DateTimeOffset? LastUpdateAt { get; init; }

    public TimeSpan? Cadence { get; init; }
    public DateTimeOffset? NextSitRepDue { get; init; }

    /// <summary>How often the next due time was set: the generation of the newest.</summary>
    public int SitRepSlots { get; init; }
    public ImmutableList<MissedSitRep> MissedSitReps { get; init; } = [];
    public ImmutableList<SitRep> SitReps { get; init; } = [];

    public ImmutableList<PartnerAlert> Alerts { get; init; } = [];

    /// <summary>Since when messages wait too long, UTC; null when none does.</summary>
    public DateTimeOffset? DelayedSince { get; init; }
    public ImmutableList<CommandDecision> Decisions { get; init; } = [];
    public ImmutableList<CrisisReferral> Referrals { get; init; } = [];
    public ImmutableList<CaseTask> Tasks { get; init; } = [];

    /// <summary>Names of perpetrators and titles of what they published: masked outside Core (domain §4, §9.5).</summary>
    public ImmutableList<string> MaskedTerms { get; init; } = [];

    public DateTimeOffset? StoodDownAt { get; init; }
    public DateTimeOffset? ReviewDueAt { get; init; }
    public string? ReviewKey { get; init; }
    public string? ReviewOwner { get; init; }
    public string? MergedInto { get; init; }
    public string? HoldDecision { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The incident commander; never two, and after the first never none while the crisis is live.</summary>
    public string? Commander => HolderOf(CommandRole.IncidentCommander);

    public bool Live => Stage is CrisisState.Active or CrisisState.Stabilizing;

    [JsonIgnore] public IEnumerable<Lever> ActiveLevers => Levers.Where(l => l.Active);
    [JsonIgnore] public IEnumerable<CaseTask> OpenTasks => Tasks.Where(t => t.Open);

    /// <summary>The newest message of every alert that was not cancelled.</summary>
    [JsonIgnore] public IEnumerable<PartnerAlert> OpenAlerts => Alerts.Where(a => !a.Cancelled && Alerts.FindLast(b => b.Chain == a.Chain) == a);

    /// <summary>True once the Final situation report is out and no later one has opened the reporting again.</summary>
    public bool FinalReported => SitReps is [.., { Version: SitRepVersion.Final }] && NextSitRepDue is null;

    public string? HolderOf(CommandRole role) => Roles.Find(r => r.Role == role)?.Person;

    public bool Holds(string person, CommandRole role) => Roles.Any(r => r.Role == role && r.Person == person);

    public bool Holds(string person, IEnumerable<CommandRole> roles) => roles.Any(role => Holds(person, role));

    public bool Has(string escalation) => Escalations.Any(e => e.Key == escalation);

    /// <summary>Every clock of this crisis that must do something when it runs out.</summary>
    [JsonIgnore] public IEnumerable<Deadline> Deadlines => CrisisDeadlines.Of(this);

    /// <summary>The one fold: Marten's aggregation, the write path and the replay all call it.</summary>
    public static Crisis Fold(Crisis state, object @event, Stamp stamp) =>
        ((ICrisisEvent)@event).Apply(state, stamp) with { Version = stamp.Version };
}

/// <summary>An event of the crisis stream. What it says is masked outside Core in one place, so no event can forget it.</summary>
public interface ICrisisEvent : IStreamEvent<Crisis>
{
    /// <summary>What the timeline says of it, with every name; null for an event that stands on no timeline.</summary>
    Entry? Say(Crisis before, Crisis after, Stamp stamp);

    Entry? IStreamEvent<Crisis>.Tell(Crisis before, Crisis after, Stamp stamp) => Say(before, after, stamp)?.Masked(after.MaskedTerms.Union(before.MaskedTerms));
}

/// <summary>A command on the crisis stream.</summary>
public interface ICrisisCommand<TSelf> : ICommand<Crisis, TSelf>
    where TSelf : Command, ICrisisCommand<TSelf>;
