using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// When reports of one region come so thick that a crisis is proposed (domain §3, P2; §9.5). Defaults are those marked [P] in the domain.
/// </summary>
public sealed record ClusterRule
{
    public static readonly ClusterRule Default = new();

    /// <summary>So many escalations of one region.</summary>
    public int Count { get; init; } = 3;

    /// <summary>Raised within this time.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>And so many times what the region has in that time as a rule.</summary>
    public double BaselineFactor { get; init; } = 3;

    /// <summary>What a region has as a rule is the mean of so many days before.</summary>
    public int BaselineDays { get; init; } = 28;

    /// <summary>What kind of crisis it is, by the policy area of the worst case; every other one is <see cref="CrisisType.Other"/>.</summary>
    public ImmutableDictionary<PolicyArea, CrisisType> Types { get; init; } = new Dictionary<PolicyArea, CrisisType>
    {
        [PolicyArea.DangerousOrgsAndIndividuals] = CrisisType.TerrorOrViolentExtremistAttack,
        [PolicyArea.ViolenceAndIncitement] = CrisisType.MassCasualtyViolence,
        [PolicyArea.ViolentGraphicContent] = CrisisType.MassCasualtyViolence,
        [PolicyArea.CoordinatingHarm] = CrisisType.HarmfulViralTrend,
        [PolicyArea.SuicideSelfInjury] = CrisisType.HarmfulViralTrend,
        [PolicyArea.ChildSafety] = CrisisType.ChildSafetyNetwork,
        [PolicyArea.VoterInterference] = CrisisType.ElectionIntegrity,
        [PolicyArea.Misinformation] = CrisisType.InfluenceOperation,
        [PolicyArea.CoordinatedInauthenticBehavior] = CrisisType.InfluenceOperation,
        [PolicyArea.Privacy] = CrisisType.DataLeak,
    }.ToImmutableDictionary();

    public CrisisType TypeOf(PolicyArea area) => Types.GetValueOrDefault(area, CrisisType.Other);

    /// <summary>
    /// The cluster to which a case belongs: the earliest window with the case and enough others, of which one is triaged SEV1; in order of
    /// their raise. Empty when there is none.
    /// </summary>
    /// <param name="cases">Cases of one region, the one asked about among them.</param>
    /// <param name="key">The case asked about.</param>
    /// <param name="usual">What this region has in one window as a rule.</param>
    public IReadOnlyList<ClusterCase> Find(IReadOnlyList<ClusterCase> cases, string key, double usual)
    {
        ClusterCase[] ordered = [.. cases.OrderBy(c => c.RaisedAt).ThenBy(c => c.Key, StringComparer.Ordinal)];
        var own = Array.FindIndex(ordered, c => c.Key == key);
        var (end, sev1) = (0, 0);
        for (var first = 0; first <= own; first++)
        {
            while (end < ordered.Length && ordered[end].RaisedAt - ordered[first].RaisedAt <= Window)
            {
                sev1 += ordered[end++].TriagedSev1 ? 1 : 0;
            }

            if (end > own && sev1 > 0 && end - first >= Count && end - first >= BaselineFactor * usual)
            {
                return ordered[first..end];
            }

            sev1 -= ordered[first].TriagedSev1 ? 1 : 0;
        }

        return [];
    }
}

/// <summary>What the cluster rule knows of a case.</summary>
/// <param name="TriagedSev1">A person has confirmed that it is SEV1.</param>
/// <param name="Merged">It was folded into another case, which stands for it; as a report it counts.</param>
public sealed record ClusterCase(string Key, DateTimeOffset RaisedAt, bool TriagedSev1, PolicyArea PolicyArea, bool Merged = false);
