using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>What the cluster rule has found, and what is to be done about it.</summary>
/// <param name="Open">The crisis that takes the escalations; null when one is to be proposed.</param>
/// <param name="Escalations">Those that belong to no crisis yet.</param>
/// <param name="Reports">How many came thick.</param>
public sealed record Cluster(string Country, CrisisType Type, bool Exercise, string? Open, IReadOnlyList<string> Escalations, int Reports);

/// <summary>
/// Looks for the clusters a case belongs to. What people decided stands: a case that belongs to a crisis stays there, one that was taken out
/// is not brought back, and what was rejected is not proposed again.
/// </summary>
public sealed class ClusterSearch(ClusterCases cases, FactStore facts, StreamLoader loader, Rules rules)
{
    /// <summary>So many are attached at once; in a flood the others come with the next report.</summary>
    private const int AtOnce = 50;

    public TimeSpan Window => Rule.Window;

    private ClusterRule Rule => rules.Crises.Cluster;

    /// <summary>One for each country of the case in which its reports come thick.</summary>
    public async Task<IReadOnlyList<Cluster>> Of(string key, CancellationToken cancellation)
    {
        List<Cluster> found = [];
        foreach (var (country, exercise, raisedAt) in await cases.Suspects(key, Rule.Window, cancellation))
        {
            var near = await cases.Around(country, exercise, raisedAt, Rule.Window, cancellation);
            // Only where there is a cluster at all it is asked what is usual.
            if (Rule.Find(near, key, 0) is [var first, ..]
                && await cases.Usual(country, exercise, first.RaisedAt, Rule, cancellation) is var usual
                && Rule.Find(near, key, usual) is { Count: > 0 } cluster
                && await Undecided(new Search(country, exercise, key, near, usual), cluster, cancellation) is { } undecided)
            {
                found.Add(undecided);
            }
        }

        return found;
    }

    /// <summary>The crisis that is open for this type and country.</summary>
    public async Task<string?> Open(CrisisType type, string country, bool exercise, CancellationToken cancellation) =>
        (await facts.Find([(ProposeCrisis.OpenCrisisFact, ProposeCrisis.FactId(type, country, exercise))], cancellation)).Values.SingleOrDefault();

    /// <summary>What of a cluster nobody has decided about; null when that is nothing.</summary>
    private async Task<Cluster?> Undecided(Search search, IReadOnlyList<ClusterCase> cluster, CancellationToken cancellation)
    {
        var type = Type(cluster);
        var named = await Open(type, search.Country, search.Exercise, cancellation);
        var holders = await cases.Holders(search.Near, named, search.Exercise, cancellation);
        Crisis[] crises = [.. (await loader.Load(holders, cancellation)).Values.Select(held => (Crisis)held.State)];
        bool Held(ClusterCase @case) => crises.Any(crisis => crisis.Has(@case.Key));
        if ((named ?? OfMost(crises, cluster)) is { } open)
        {
            var taker = Array.Find(crises, crisis => crisis.Key == open);
            string[] free = [.. cluster.Where(c => !c.Merged && !Held(c) && taker?.Detached.Contains(c.Key) != true).Select(c => c.Key).TakeLast(AtOnce)];
            return free.Length == 0 ? null : new Cluster(search.Country, type, search.Exercise, open, free, cluster.Count);
        }

        return Rule.Find([.. search.Near.Where(c => !Held(c))], search.Key, search.Usual) is { Count: > 0 } fresh
            ? new Cluster(search.Country, Type(fresh), search.Exercise, null, [.. fresh.Where(c => !c.Merged).Select(c => c.Key)], fresh.Count)
            : null;
    }

    private CrisisType Type(IReadOnlyList<ClusterCase> cluster) => Rule.TypeOf(cluster.First(c => c.TriagedSev1).PolicyArea);

    /// <summary>The crisis to which most of these belong, whatever it is called by now.</summary>
    private static string? OfMost(Crisis[] crises, IReadOnlyList<ClusterCase> cluster) => Array.Find(
        crises, crisis => (crisis.Live || crisis.Stage == CrisisState.Proposed) && cluster.Count(c => crisis.Has(c.Key)) * 2 > cluster.Count)?.Key;

    private sealed record Search(string Country, bool Exercise, string Key, IReadOnlyList<ClusterCase> Near, double Usual);
}
