using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Crises;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Risks;

/// <summary>Risk signals, as the lanes and the routes know them.</summary>
public sealed class RiskStream : CardStream<RiskSignal>
{
    public override string Prefix => "RSK";

    public override string Plural => "risks";

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "kind", "summary", "regions", "languages", "policyArea", "tlp", "exercise", "horizon", "observed", "baseline", "grade", "assessment", "surge", "capturedAt",
        "reviewAt", "expiresAt", "escalationKey", "crisisKey", "dismissedBecause", "endedAt",
    ];

    public override IReadOnlyList<string> Executive { get; } =
    [
        "key", "version", "state", "kind", "summary", "regions", "policyArea", "tlp", "exercise", "horizon", "grade", "assessment", "surge", "capturedAt", "reviewAt", "escalationKey", "crisisKey",
        "endedAt",
    ];

    public override IReadOnlyList<string> Card { get; } =
    [
        "key", "version", "state", "kind", "summary", "origin", "regions", "policyArea", "tlp", "exercise", "horizon", "grade", "assessment", "surge", "capturedAt", "reviewAt", "expiresAt",
        "escalationKey", "crisisKey", "endedAt",
    ];

    public override KindExample Example => new("RSK-2027-000001", "RiskSignalCaptured", "Captured", "RiskSignalGraded", "Corroborating");

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<RiskState>().Skip(1)];

    public override object None(string key) => RiskSignal.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => RiskSignal.Fold((RiskSignal)state, @event, stamp);

    public override string StateName(object state) => ((RiskSignal)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((RiskSignal)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((RiskSignal)state).Regions;

    public override IEnumerable<Deadline> Deadlines(object state) => ((RiskSignal)state).Deadlines;

    /// <summary>Specialists of its region work on it, wherever it is whoever captured or watches it; threat intelligence and who is called into a crisis read along.</summary>
    public override SightFacts SightOf(object state)
    {
        var signal = (RiskSignal)state;
        string[] owners = [.. new[] { signal.CapturedBy, signal.Watcher }.OfType<string>().Where(id => id != Caller.System.Id).Distinct()];
        return new SightFacts(signal.Tlp, [.. signal.Regions], owners, [], [], [Function.ThreatIntel], CrisisStream.CalledIn, null);
    }

    public override bool Open(object state) => ((RiskSignal)state).Open;

    public override bool Exercise(object state) => ((RiskSignal)state).Exercise;

    public override DateTimeOffset OpenedAt(object state) => ((RiskSignal)state).CapturedAt;

    public override string Words(object state) => state is RiskSignal signal ? $"{signal.Key} {signal.Summary} {signal.Kind} {(signal.Surging ? "surging" : "")}" : "";

    /// <summary>While a surge runs its series has no other, whatever was decided about the signal.</summary>
    public override IEnumerable<(string Kind, string Id)> Claims(object state) => state is RiskSignal { Surging: true, Surge: { } surge } ? [(SurgeSeries.Fact, surge.Series.Id)] : [];

    protected override void ProjectMore(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch) => SurgeRows.Add(changes, batch);
}
