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

            foreach (var @case in open is null ? [] : cluster.Cases)
            {
                await happened.Give(bus, open, new AttachEscalation(@case.Key), cancellation, @case.Key);
            }
        }
    }
}

/// <summary>A cluster of cases that the rule has found.</summary>
public sealed record Cluster(string Country, CrisisType Type, bool Exercise, IReadOnlyList<ClusterCase> Cases);

/// <summary>Looks for the clusters a case belongs to.</summary>
public sealed class ClusterSearch(ClusterCases cases, FactStore facts, StreamLoader loader, Rules rules)
{
    public TimeSpan Window => rules.Crises.Cluster.Window;

    /// <summary>One for each country of the case in which its reports come thick.</summary>
    public async Task<IReadOnlyList<Cluster>> Of(string key, CancellationToken cancellation)
    {
        var state = (Escalation)(await loader.Load([key], cancellation))[key].State;
        List<Cluster> found = [];
        var rule = rules.Crises.Cluster;
        foreach (var country in state.Regions.Where(r => r != Regions.World).Select(r => r.Split('-')[0]).Distinct(StringComparer.Ordinal))
        {
            var near = await cases.Around(country, state.Exercise, state.RaisedAt, rule.Window, cancellation);
            // Most cases are alone; only of the others it is asked what is usual.
            if (rule.Find(near, key, 0) is not [var first, ..] || rule.Find(near, key, await cases.Usual(country, state.Exercise, first.RaisedAt, rule, cancellation)) is not { Count: > 0 } cluster)
            {
                continue;
            }

            found.Add(new Cluster(country, rule.TypeOf(cluster.First(c => c.TriagedSev1).PolicyArea), state.Exercise, cluster));
        }

        return found;
    }

    /// <summary>The crisis that is open for this type and country.</summary>
    public async Task<string?> Open(Cluster cluster, CancellationToken cancellation)
    {
        var id = ProposeCrisis.FactId(cluster.Type, cluster.Country, cluster.Exercise);
        return (await facts.Find([(ProposeCrisis.OpenCrisisFact, id)], cancellation)).Values.SingleOrDefault();
    }
}
