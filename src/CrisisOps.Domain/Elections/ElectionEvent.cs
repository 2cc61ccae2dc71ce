using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>One election in one region, folded from its events. Immutable; the same fold serves the write path, as-of reads and replay.</summary>
public sealed record ElectionEvent
{
    public static readonly ElectionEvent None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public ElectionPhase Stage { get; init; }
    public ElectionType Type { get; init; }
    public string Title { get; init; } = "";

    /// <summary>The country or the subdivision that votes; one code.</summary>
    public ImmutableList<string> Regions { get; init; } = [];

    /// <summary>1, and one more for each run-off.</summary>
    public int Round { get; init; }

    /// <summary>The IANA id of the zone in which local times of this election are read.</summary>
    public string Tz { get; init; } = "";
    public string Authority { get; init; } = "";
    public DateOnly ElectionDay { get; init; }
    public ImmutableList<string> Contacts { get; init; } = [];
    public Tlp Tlp { get; init; } = Tlp.AMBER;
    public bool Exercise { get; init; }

    public string RegisteredBy { get; init; } = "";
    public DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }
    public ElectionRisk? Risk { get; init; }

    /// <summary>The phases in their order, as last set; empty until a schedule is set.</summary>
    public ImmutableList<ScheduledPhase> Schedule { get; init; } = [];

    /// <summary>Grows whenever the schedule is set, amended or suspended, so that an older timer does nothing; 0 until then.</summary>
    public int ScheduleVersion { get; init; }

    /// <summary>The authority took the dates back; nothing begins by itself until there are new ones.</summary>
    public bool ScheduleSuspended { get; init; }

    /// <summary>Every phase that began, in that order; from a repeated vote or a run-off on, those of the new vote.</summary>
    public ImmutableList<EnteredPhase> Entered { get; init; } = [];

    public ElectionPosture Posture { get; init; }

    /// <summary>Until when the operations center is planned; null in every other posture.</summary>
    public DateTimeOffset? PostureUntil { get; init; }
    public int PostureGeneration { get; init; }

    public ImmutableList<ElectionMeasure> Measures { get; init; } = [];
    public ImmutableList<PlannedMeasure> MeasurePlan { get; init; } = [];
    public ImmutableList<AuthorityNotice> Notices { get; init; } = [];
    public ImmutableList<ElectionUpdate> Updates { get; init; } = [];
    public ImmutableList<LinkedCrisis> Crises { get; init; } = [];
    public ImmutableList<CaseTask> Tasks { get; init; } = [];

    /// <summary>The review after the election; a repeated vote owes a new one.</summary>
    public string? ReviewRef { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    public bool Open => Stage is not (ElectionPhase.None or ElectionPhase.Closed or ElectionPhase.Cancelled);

    /// <summary>The country or the subdivision that votes.</summary>
    [JsonIgnore] public string Region => Regions is [var region, ..] ? region : "";

    /// <summary>
    /// The least severity of voter interference where people vote; null where this election sets none (domain §3, P9). An exercise
    /// moves no real case.
    /// </summary>
    public Severity? SeverityFloor => Stage is ElectionPhase.SilencePeriod or ElectionPhase.Voting && !Exercise ? Severity.SEV2 : null;

    [JsonIgnore] public IEnumerable<ElectionMeasure> ActiveMeasures => Measures.Where(m => m.Active);
    [JsonIgnore] public IEnumerable<CaseTask> OpenTasks => Tasks.Where(t => t.Open);

    /// <summary>When a phase is to begin by the schedule in force; null when it does not say.</summary>
    public DateTimeOffset? ScheduledStart(ElectionPhase phase) => ScheduleSuspended ? null : Schedule.Find(s => s.Phase == phase)?.StartsAt;

    /// <summary>Every clock of this election that must do something when it runs out.</summary>
    [JsonIgnore] public IEnumerable<Deadline> Deadlines => ElectionDeadlines.Of(this);

    /// <summary>The one fold: the aggregation, the write path and the replay all call it.</summary>
    public static ElectionEvent Fold(ElectionEvent state, object @event, Stamp stamp) =>
        ((IElectionEvent)@event).Apply(state, stamp) with { Version = stamp.Version };
}

/// <summary>An event of the election stream.</summary>
public interface IElectionEvent : IStreamEvent<ElectionEvent>
{
    /// <summary>What the timeline says of it; there is no event without an entry, and none that the public reads.</summary>
    Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp);

    Entry? IStreamEvent<ElectionEvent>.Tell(ElectionEvent before, ElectionEvent after, Stamp stamp) => Say(before, after, stamp);
}

/// <summary>A command on the election stream.</summary>
public interface IElectionCommand<TSelf> : ICommand<ElectionEvent, TSelf>
    where TSelf : Command, IElectionCommand<TSelf>;
