using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
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
            if (cluster.Open is null && await Propose(happened, cluster, search, bus, cancellation) is Reply.Done)
            {
                continue;
            }

            // If a person proposed it in the same moment, there is one now.
            var open = cluster.Open ?? await search.Open(cluster.Type, cluster.Country, cluster.Exercise, cancellation);
            foreach (var key in open is null ? [] : cluster.Escalations)
            {
                await happened.Give(bus, open, new AttachEscalation(key), cancellation, key);
            }
        }
    }

    private static Task<Reply> Propose<TEvent>(
        Happened<TEvent, ProposeByClusterHandler> happened, Cluster cluster, ClusterSearch search, IMessageBus bus, CancellationToken cancellation)
        where TEvent : class
    {
        var summary = $"{cluster.Reports} reports from {cluster.Country} within {search.Window.TotalMinutes:0} minutes, at least one of them SEV1";
        var proposal = new ProposeCrisis(cluster.Type, summary, [cluster.Country], Refs: cluster.Escalations, Trigger: CrisisTrigger.ClusterRule, Exercise: cluster.Exercise);
        return happened.Give(bus, null, proposal, cancellation, cluster.Country);
    }
}
