using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Elections;

/// <summary>Elections, as the lanes and the routes know them.</summary>
public sealed class ElectionStream : CardStream<ElectionEvent>
{
    private static readonly Role[] _calledIn = [Role.ElectionLead, Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.PartnerManager];

    public override string Prefix => "EL";

    public override string Plural => "elections";

    public override int KeyDigits => 2;

    public override bool Gathers => true;

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "type", "title", "regions", "round", "tz", "authority", "electionDay", "tlp", "exercise", "occurredAt", "registeredAt", "risk", "schedule", "scheduleVersion",
        "scheduleSuspended", "entered", "posture", "postureUntil", "measures", "measurePlan", "notices", "crises", "tasks", "severityFloor", "reviewRef", "endedAt", "open",
    ];

    public override IReadOnlyList<string> Executive { get; } =
        ["key", "version", "state", "type", "title", "regions", "round", "tz", "authority", "electionDay", "tlp", "exercise", "risk", "schedule", "posture", "postureUntil", "severityFloor", "endedAt"];

    public override IReadOnlyList<string> Card { get; } =
        ["key", "version", "state", "type", "title", "regions", "round", "tz", "electionDay", "tlp", "exercise", "risk", "posture", "severityFloor", "endedAt"];

    public override KindExample Example => new("EL-XN-2027-01", "ElectionRegistered", "Registered", "ElectionMeasureActivated", "SilencePeriod", ("measureId", "MEA-1"));

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<ElectionPhase>().Skip(1)];

    public override object None(string key) => ElectionEvent.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => ElectionEvent.Fold((ElectionEvent)state, @event, stamp);

    public override string StateName(object state) => ((ElectionEvent)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((ElectionEvent)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((ElectionEvent)state).Regions;

    public override IEnumerable<Deadline> Deadlines(object state) => ((ElectionEvent)state).Deadlines;

    public override SightFacts SightOf(object state)
    {
        var election = (ElectionEvent)state;
        return new SightFacts(election.Tlp, [.. election.Regions], [election.RegisteredBy], [], [], [], _calledIn, null, Audience.CrossFunctional);
    }

    /// <summary>The crises it is linked to show it too.</summary>
    public override IEnumerable<string> Timelines(object state) => [((ElectionEvent)state).Key, .. ((ElectionEvent)state).Crises.Select(c => c.Key)];

    public override bool Open(object state) => ((ElectionEvent)state).Open;

    public override bool Exercise(object state) => ((ElectionEvent)state).Exercise;

    public override DateTimeOffset OpenedAt(object state) => ((ElectionEvent)state).RegisteredAt;

    public override string Words(object state) => state is ElectionEvent election ? $"{election.Key} {election.Title} {election.Authority}" : "";

    public override IEnumerable<(string Kind, string Id)> Claims(object state) =>
        state is ElectionEvent { Open: true } election ? [(ElectionDayGuard.OpenElectionFact, ElectionDayGuard.FactId(election))] : [];

    /// <summary>Region and year of the vote: <c>EL-XN-2027-01</c>.</summary>
    public override string KeyPrefix(Command command, DateTimeOffset now) => command is RegisterElection { Region: { } region } election
        ? $"{Prefix}-{region}-{election.ElectionDay.Year:D4}"
        : base.KeyPrefix(command, now);
}
