using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>Crises, as the lanes and the routes know them.</summary>
public sealed class CrisisStream : CardStream<Crisis>
{
    // Who is called into a crisis reads it as the consulted functions do.
    internal static readonly Role[] CalledIn = [Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.PartnerManager];

    public override string Prefix => "CR";

    public override string Plural => "crises";

    public override int KeyDigits => 4;

    public override bool Gathers => true;

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "type", "title", "summary", "codename", "regions", "languages", "tlp", "exercise", "predecessorKey", "trigger", "occurredAt", "proposedAt", "assessment",
        "level", "declaredAt", "roles", "commander", "live", "levers", "escalations", "promisedUpdate", "lastUpdateAt", "cadence", "nextSitRepDue", "sitReps", "decisions", "tasks", "stoodDownAt",
        "reviewDueAt", "reviewKey", "mergedInto", "endedAt",
    ];

    public override IReadOnlyList<string> Executive { get; } =
    [
        "key", "version", "state", "type", "title", "codename", "regions", "tlp", "exercise", "proposedAt", "level", "declaredAt", "commander", "live", "promisedUpdate", "lastUpdateAt",
        "nextSitRepDue", "stoodDownAt", "reviewKey", "endedAt",
    ];

    public override IReadOnlyList<string> Card { get; } =
        ["key", "version", "state", "type", "title", "codename", "regions", "tlp", "exercise", "proposedAt", "level", "declaredAt", "commander", "nextSitRepDue", "lastUpdateAt", "mergedInto", "endedAt"];

    public override KindExample Example => new("CR-2027-0007", "CrisisProposed", "Proposed", "LeverActivated", "Active", ("leverId", "LEV-1"));

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<CrisisState>().Skip(1)];

    /// <summary>Referrals to law enforcement are RED whatever the crisis is; an update is as secret as its newest revision.</summary>
    protected override object Shown(object state, object now)
    {
        var (crisis, newest) = ((Crisis)state, (Crisis)now);
        var secret = newest.Updates.Where(u => u.Tlp > newest.Tlp).Select(u => u.BaseId).ToHashSet(StringComparer.Ordinal);
        return crisis with
        {
            Updates = crisis.Updates.RemoveAll(u => u.Tlp > newest.Tlp || secret.Contains(u.BaseId)),
            HeldUpdates = crisis.HeldUpdates.RemoveAll(h => h.Update.Tlp > newest.Tlp),
            Referrals = newest.Tlp < Tlp.RED ? [] : crisis.Referrals,
        };
    }

    public override object None(string key) => Crisis.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => Crisis.Fold((Crisis)state, @event, stamp);

    public override string StateName(object state) => ((Crisis)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((Crisis)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((Crisis)state).Regions;

    public override IEnumerable<Deadline> Deadlines(object state) => ((Crisis)state).Deadlines;

    public override SightFacts SightOf(object state)
    {
        var crisis = (Crisis)state;
        return new SightFacts(
            crisis.Tlp, [.. crisis.Regions], [.. crisis.Roles.Select(r => r.Person).Concat(crisis.Served).Distinct()], [], [], [], CalledIn, null, Audience.CrossFunctional);
    }

    public override IEnumerable<string> Timelines(object state) => [((Crisis)state).Key];

    public override bool Open(object state) => ((Crisis)state).Stage is CrisisState.Proposed or CrisisState.Active or CrisisState.Stabilizing or CrisisState.StoodDown or CrisisState.UnderReview;

    public override bool Exercise(object state) => ((Crisis)state).Exercise;

    public override DateTimeOffset OpenedAt(object state) => ((Crisis)state).ProposedAt;

    public override string Words(object state)
    {
        var crisis = (Crisis)state;
        return Masking.Hide($"{crisis.Key} {crisis.Codename} {crisis.Title} {crisis.Summary}", crisis.MaskedTerms);
    }

    public override IReadOnlyCollection<string> Masked(object state) => ((Crisis)state).MaskedTerms;

    /// <summary>While it is proposed or live, it is the crisis of its type in each of its regions.</summary>
    public override IEnumerable<(string Kind, string Id)> Claims(object state) => state is Crisis { Stage: CrisisState.Proposed or CrisisState.Active or CrisisState.Stabilizing } crisis
        ? (crisis.Regions.IsEmpty ? [Regions.World] : crisis.Regions).Select(region => (ProposeCrisis.OpenCrisisFact, ProposeCrisis.FactId(crisis.Type, region, crisis.Exercise)))
        : [];

    /// <summary>A second attack of the same type in the same region is let in by a person who says so.</summary>
    public override bool ClaimsAlone(object opening) => opening is CrisisProposed { SeparateFrom: null };
}
