using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>Given, when, then for one election: Norland's, unless a test says otherwise.</summary>
public sealed class ElectionCase() : Given<ElectionEvent, ElectionCase>(ElectionEvent.None with { Key = ElectionCase.Key }, Known())
{
    public const string Key = "EL-XN-2027-01";
    public static readonly DateTimeOffset Start = new(2027, 2, 15, 9, 0, 0, TimeSpan.Zero);

    public static readonly Caller Lead = Person("el-01", Role.ElectionLead);
    public static readonly Caller DutyLead = Person("lead-01", Role.DutyLead);
    public static readonly Caller Specialist = Person("spec-04", Role.Specialist);
    public static readonly Caller Analyst = Person("an-01", Role.Analyst);

    public static RegisterElection Registration { get; } = new(
        "XN", ElectionType.Parliamentary, "Europe/Vienna", "Norland Electoral Commission", new DateOnly(2027, 5, 16),
        MeasurePlan: [new(ElectionPhase.SilencePeriod, ElectionMeasureKind.PoliticalAdsPause, AfterPhase: ElectionPhase.Counting, Hours: 168)]);

    /// <summary>The schedule of the scenario, in local time: Norland is two hours ahead of UTC from the end of March.</summary>
    public static IReadOnlyList<PhaseAt> Phases { get; } =
    [
        new(ElectionPhase.PreElection, "2027-04-16T00:00"), new(ElectionPhase.SilencePeriod, "2027-05-15T00:00"), new(ElectionPhase.Voting, "2027-05-16T06:00"),
        new(ElectionPhase.Counting, "2027-05-16T20:00"), new(ElectionPhase.Certification, "2027-05-28T12:00"), new(ElectionPhase.PostElection, "2027-05-29T12:00"),
    ];

    public static ElectionCase Registered() => new ElectionCase().When(Registration).ShouldBeAccepted();

    public static ElectionCase Assessed() => Registered().When(new AssessElectionRisk(RiskTier.High, ["Polarisation"], Confidence.Moderate)).ShouldBeAccepted();

    public static ElectionCase Scheduled() => Assessed().When(new SetSchedule(Phases)).ShouldBeAccepted();

    /// <summary>Every phase up to this one entered at its time, by the schedule of the scenario.</summary>
    public static ElectionCase In(ElectionPhase phase)
    {
        var given = Scheduled();
        while (given.State.Stage < phase)
        {
            given.Fire(given.Of(ElectionDeadlines.ElectionPhaseDue).Single()).ShouldBeAccepted();
        }

        return given;
    }

    /// <summary>The time of a deadline comes, unless it has passed, and the server does what belongs to it.</summary>
    public ElectionCase Fire(Deadline due)
    {
        if (due.DueAt > Now)
        {
            At(due.DueAt);
        }

        return due.Kind switch
        {
            ElectionDeadlines.ElectionPhaseDue => When(new EnterScheduledPhase(Enum.Parse<ElectionPhase>(due.Ref), due.Generation), Caller.System),
            ElectionDeadlines.ElectionPostureEnd => When(new EndPosture(due.Generation), Caller.System),
            ElectionDeadlines.ElectionMeasureExpiry => When(new ExpireMeasure(due.Ref, due.Generation), Caller.System),
            _ => When(new MarkElectionTaskOverdue(due.Ref, due.Generation), Caller.System),
        };
    }

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public ElectionCase KnowingStream(string key, object stream) => Knowing(c => c with { Streams = c.Streams.SetItem(key, stream) });

    public ElectionCase KnowingFact(string kind, string id, string value) => Knowing(c => c with { Facts = c.Facts.SetItem($"{kind}/{id}", value) });

    public ElectionCase Staffed(string value = "yes") => KnowingFact(ChangePosture.StaffedShiftsFact, Key, value);

    /// <summary>The entry of the newest event, as a guard would see it.</summary>
    public ElectionCase KnowingNewestEntry(bool withdrawn = false)
    {
        var (@event, _, after, stamp) = History[^1];
        return Knowing(c => c with { Entry = new EntryFacts(stamp.Version, @event.GetType().Name, stamp.Actor, after.Tlp, withdrawn) });
    }

    public override ElectionEvent Fold(ElectionEvent state, object @event, Stamp stamp) => ElectionEvent.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;

    public IEnumerable<Deadline> Of(string kind) => State.Deadlines.Where(d => d.Kind == kind);

    public static DateTimeOffset Utc(string time) => DateTimeOffset.ParseExact($"2027-{time}Z", "yyyy-MM-dd'T'HH:mmK", null);

    private static DecisionContext Known() => new()
    {
        Now = Start,
        Caller = Lead,
        Key = Key,
        Streams = ImmutableDictionary<string, object>.Empty.Add("CR-2027-0007", new Crisis { Key = "CR-2027-0007", Stage = CrisisState.Active }),
    };
}
