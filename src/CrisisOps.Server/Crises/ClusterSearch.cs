using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
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
    public TimeSpan Window => Rule.Window;

    private ClusterRule Rule => rules.Crises.Cluster;

    /// <summary>One for each country of the case in which its reports come thick.</summary>
    public async Task<IReadOnlyList<Cluster>> Of(string key, CancellationToken cancellation)
    {
        var state = (Escalation)(await loader.Load([key], cancellation))[key].State;
        List<Cluster> found = [];
        foreach (var country in state.Regions.Where(r => r != Regions.World).Select(r => r.Split('-')[0]).Distinct(StringComparer.Ordinal))
        {
            var near = await cases.Around(country, state.Exercise, state.RaisedAt, Rule.Window, cancellation);
            // Most cases are alone; only of the others it is asked what is usual.
            if (Rule.Find(near, key, 0) is [var first, ..]
                && await cases.Usual(country, state.Exercise, first.RaisedAt, Rule, cancellation) is var usual
                && Rule.Find(near, key, usual) is { Count: > 0 } cluster
                && await Undecided(new Search(country, state.Exercise, key, near, usual), cluster, cancellation) is { } undecided)
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
        var keys = await cases.Holders(search.Near[0].RaisedAt, search.Exercise, cancellation);
        Crisis[] crises = [.. (await loader.Load(keys, cancellation)).Values.Select(held => (Crisis)held.State)];
        bool Held(ClusterCase @case) => crises.Any(crisis => crisis.Has(@case.Key));
        var type = Type(cluster);
        if ((await Open(type, search.Country, search.Exercise, cancellation) ?? OfMost(crises, cluster)) is { } open)
        {
            var taker = Array.Find(crises, crisis => crisis.Key == open);
            string[] free = [.. cluster.Where(c => !c.Merged && !Held(c) && taker?.Detached.Contains(c.Key) != true).Select(c => c.Key)];
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
