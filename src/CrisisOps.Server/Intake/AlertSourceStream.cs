using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>Sources of alerts, as the lanes and the routes know them.</summary>
public sealed class AlertSourceStream : CardStream<AlertSource>
{
    public override string Prefix => "SRC";

    public override string Plural => "sources";

    public override int KeyDigits => 3;

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "name", "kind", "partnerId", "formats", "policyAreas", "regions", "surface", "reportTlp", "ratePerMinute", "keys", "signingGeneration", "oldSigningUntil",
        "coopPublicKey", "maintenance", "heartbeatEvery", "heardAt", "silentSince", "exercise", "registeredBy", "registeredAt", "endedAt", "tlp",
    ];

    public override IReadOnlyList<string> Executive { get; } = ["key", "version", "state", "name", "kind", "silentSince"];

    public override IReadOnlyList<string> Card { get; } =
    [
        "key", "version", "state", "name", "kind", "partnerId", "formats", "regions", "surface", "reportTlp", "ratePerMinute", "heartbeatEvery", "silentSince", "exercise", "registeredAt", "endedAt", "tlp",
    ];

    public override KindExample Example => new("SRC-001", "SourceRegistered", "Active", "SourceKeyIssued", "Active", ("keyId", "KEY-1"));

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<SourceState>().Skip(1)];

    public override object None(string key) => AlertSource.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => AlertSource.Fold((AlertSource)state, @event, stamp);

    public override string StateName(object state) => ((AlertSource)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((AlertSource)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((AlertSource)state).Regions;

    public override IEnumerable<Deadline> Deadlines(object state) => ((AlertSource)state).Deadlines;

    /// <summary>Whoever keeps partners or keys, and who is woken when it falls silent. The partner whose system it is sees nothing of it.</summary>
    public override SightFacts SightOf(object state)
    {
        var source = (AlertSource)state;
        return new SightFacts(
            source.Tlp, [.. source.Regions], [], [], [], [Function.Engineering], [Role.PartnerManager, Role.Admin, Role.LegalCounsel, Role.Communications], null, Audience.CrossFunctional);
    }

    public override bool Open(object state) => ((AlertSource)state).Open;

    public override bool Exercise(object state) => ((AlertSource)state).Exercise;

    public override DateTimeOffset OpenedAt(object state) => ((AlertSource)state).RegisteredAt;

    /// <summary>Those that fell silent are found by that word.</summary>
    public override string Words(object state) =>
        state is AlertSource source ? $"{source.Key} {source.Name} {source.Kind} {source.PartnerId} {(source.SilentSince is null ? "" : "silent")}" : "";

    public override IEnumerable<(string Kind, string Id)> Claims(object state) =>
        state is AlertSource { Open: true } source ? [(SourceTerms.NameFact, SourceTerms.FactId(source.Name))] : [];

    /// <summary>Numbered through, whatever the year: <c>SRC-001</c>.</summary>
    public override string KeyPrefix(Command command, DateTimeOffset now) => Prefix;

    protected override object Shown(object state, object now)
    {
        var source = (AlertSource)state;
        return source with { Keys = [.. source.Keys.Select(k => k with { Hash = null })] };
    }

    protected override void ProjectMore(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch) => SourceRows.Add(changes, batch);
}
