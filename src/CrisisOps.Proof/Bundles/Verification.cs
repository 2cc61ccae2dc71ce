namespace CrisisOps.Proof.Bundles;

/// <summary>What came of the verification of a bundle.</summary>
/// <param name="Fault">The first thing that does not hold; null when all of it does.</param>
public sealed record Verification(BundleFault? Fault, BundleFacts Facts)
{
    public bool Proven => Fault is null;
}

/// <param name="Line">Where it is, from 1.</param>
/// <param name="Part">The part of the bundle: <c>event CR-2027-0007@12</c>, <c>timeline 3</c>, <c>manifest</c>.</param>
public sealed record BundleFault(long Line, string Part, string Why)
{
    /// <summary>The bundle ends before it should: nobody need have meant harm.</summary>
    public bool Incomplete { get; init; }
}

/// <summary>What a bundle holds, as far as it was read.</summary>
public sealed class BundleFacts
{
    public BundleHeader? Header { get; internal set; }
    public long Events { get; internal set; }
    public long Skips { get; internal set; }
    public long Timeline { get; internal set; }
    public long Deliveries { get; internal set; }
    public long Heads { get; internal set; }

    /// <summary>The first head since the crisis began.</summary>
    public SignedHead? FirstHead { get; internal set; }

    /// <summary>Events whose content is not here, by the reason.</summary>
    public Dictionary<string, long> Withheld { get; } = new(StringComparer.Ordinal);

    /// <summary>The streams and the versions up to which they are here.</summary>
    public Dictionary<string, long> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>Anchored heads that this history was compared with; null when no anchor was given.</summary>
    public AnchorFacts? Anchor { get; internal set; }
}

/// <param name="Compared">Anchored heads that this history goes through.</param>
/// <param name="Newest">The newest of them.</param>
/// <param name="Own">The head of the bundle is among them.</param>
public sealed record AnchorFacts(int Compared, AnchoredHead? Newest, bool Own);
