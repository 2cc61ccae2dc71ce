namespace CrisisOps.Domain.Shared;

/// <summary>ISO 3166-1/-2 codes; a subdivision lies inside its country: <c>XN-01</c> is part of <c>XN</c>.</summary>
public static class Regions
{
    /// <summary>UN M.49: the whole world.</summary>
    public const string World = "001";

    /// <summary>The codes and the countries they lie in.</summary>
    public static IEnumerable<string> WithParents(IEnumerable<string> regions) =>
        regions.SelectMany(Up).Distinct(StringComparer.Ordinal);

    /// <summary>True when one of the codes of either side is, contains or lies in one of the other side. No code, and the world, mean everywhere.</summary>
    public static bool Intersect(IReadOnlyCollection<string> item, IReadOnlyCollection<string> reader) =>
        item.Count == 0 || item.Contains(World) || reader.Contains("*") || item.Any(i => reader.Any(r => i == r || Contains(i, r) || Contains(r, i)));

    private static bool Contains(string outer, string inner) =>
        inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) && inner[outer.Length] == '-';

    private static IEnumerable<string> Up(string region)
    {
        yield return region;
        for (var dash = region.LastIndexOf('-'); dash > 0; dash = region.LastIndexOf('-', dash - 1))
        {
            yield return region[..dash];
        }
    }
}
