using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Crises;

/// <summary>
/// The cluster rule (domain §3, P2): reports of one region that come thick, one of them triaged SEV1, propose a crisis; what belongs to
/// the cluster later is attached to it.
/// </summary>
public sealed class ProposeByClusterHandler
{
    public static Task Handle(Happened<EscalationRaised, ProposeByClusterHandler> raised, ClusterSearch search, IMessageBus bus, CancellationToken cancellation) => Look(raised, search, bus, cancellation);

    public static Task Handle(Happened<EscalationTriaged, ProposeByClusterHandler> triaged, ClusterSearch search, IMessageBus bus, CancellationToken cancellation) => Look(triaged, search, bus, cancellation);

    public static Task Handle(Happened<SeverityChanged, ProposeByClusterHandler> changed, ClusterSearch search, IMessageBus bus, CancellationToken cancellation) => Look(changed, search, bus, cancellation);

    private static async Task Look<TEvent>(Happened<TEvent, ProposeByClusterHandler> happened, ClusterSearch search, IMessageBus bus, CancellationToken cancellation)
        where TEvent : class
    {
        foreach (var cluster in await search.Of(happened.Stream, cancellation))
        {
            var open = await search.Open(cluster, cancellation);
            if (open is null)
            {
                var proposal = new ProposeCrisis(
                    cluster.Type, $"{cluster.Cases.Count} reports from {cluster.Country} within {search.Window.TotalMinutes:0} minutes, at least one of them SEV1", [cluster.Country],
                    Refs: [.. cluster.Cases.Select(c => c.Key)], Trigger: CrisisTrigger.ClusterRule, Exercise: cluster.Exercise);
                var reply = await happened.Give(bus, null, proposal, cancellation, cluster.Country);
                // A person proposed it in the same moment: then there is one now.
                open = reply is Reply.Done ? null : await search.Open(cluster, cancellation);
            }

            foreach (var key in open is null ? [] : await search.Missing(open, cluster, cancellation))
            {
                await happened.Give(bus, open, new AttachEscalation(key), cancellation, key);
            }
        }
    }
}

/// <summary>A cluster of cases that the rule has found.</summary>
public sealed record Cluster(string Country, CrisisType Type, bool Exercise, IReadOnlyList<ClusterCase> Cases);

/// <summary>Looks for the clusters a case belongs to.</summary>
public sealed class ClusterSearch(ClusterCases cases, FactStore facts, StreamLoader loader, Rules rules)
{
    private const int AtOnce = 50;

    public TimeSpan Window => rules.Crises.Cluster.Window;

    /// <summary>One for each country of the case in which its reports come thick.</summary>
    public async Task<IReadOnlyList<Cluster>> Of(string key, CancellationToken cancellation)
    {
        List<Cluster> found = [];
        var rule = rules.Crises.Cluster;
        foreach (var (country, exercise, raisedAt) in await cases.Suspects(key, rule.Window, cancellation))
        {
            var near = await cases.Around(country, exercise, raisedAt, rule.Window, cancellation);
            // Only where there is a cluster at all it is asked what is usual.
            if (rule.Find(near, key, 0) is [var first, ..] && rule.Find(near, key, await cases.Usual(country, exercise, first.RaisedAt, rule, cancellation)) is { Count: > 0 } cluster)
            {
                found.Add(new Cluster(country, rule.TypeOf(cluster.First(c => c.TriagedSev1).PolicyArea), exercise, cluster));
            }
        }

        return found;
    }

    /// <summary>Cases of the cluster that the crisis does not have yet; so many at once that a flood holds nobody up.</summary>
    public async Task<IEnumerable<string>> Missing(string crisis, Cluster cluster, CancellationToken cancellation)
    {
        var state = (Crisis)(await loader.Load([crisis], cancellation))[crisis].State;
        return cluster.Cases.Select(c => c.Key).Where(key => !state.Has(key)).TakeLast(AtOnce);
    }

    /// <summary>The crisis that is open for this type and country.</summary>
    public async Task<string?> Open(Cluster cluster, CancellationToken cancellation)
    {
        var id = ProposeCrisis.FactId(cluster.Type, cluster.Country, cluster.Exercise);
        return (await facts.Find([(ProposeCrisis.OpenCrisisFact, id)], cancellation)).Values.SingleOrDefault();
    }
}
