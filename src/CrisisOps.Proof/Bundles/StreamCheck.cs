namespace CrisisOps.Proof.Bundles;

/// <summary>What a bundle says of its streams, and how far their events have come by: no version missing, none twice, each on top of the one before.</summary>
internal sealed class StreamCheck
{
    /// <summary>No bundle has more, whatever it says: a crisis with the cases linked to it.</summary>
    private const int Most = 100_000;

    private readonly Dictionary<string, Standing> _streams = new(StringComparer.Ordinal);

    public int Count => _streams.Count;

    public IEnumerable<KeyValuePair<string, long>> Versions => _streams.Select(s => KeyValuePair.Create(s.Key, s.Value.Tip.Version));

    /// <summary>Why this stream can not have stood there at the head; null when it is proven that it did.</summary>
    public string? Declare(StreamTip tip, Digest tips)
    {
        var id = TipsMap.IdOf(tip.Stream);
        var bucket = TipsMap.BucketOf(id);
        if (tip.Version < 1 || tip.Siblings.Count != TipsMap.Depth || !EventLeaf.IsName(tip.Stream) || tip.Bucket.Any(entry => entry is not { Length: 2 }))
        {
            return "it is not of the form that it must have";
        }

        TipEntry[] entries = [.. tip.Bucket.Select(entry => new TipEntry(entry[0], entry[1]))];
        if (!entries.Contains(new TipEntry(id, TipsMap.ValueOf(tip.Version, tip.Tip))))
        {
            return "its version and newest event are not those that its proof is about";
        }

        if (TipsMap.Root(bucket, TipsMap.BucketHash(entries), tip.Siblings) != tips || entries.Count(entry => entry.Id == id) > 1)
        {
            return "that it stood there is not what the head says";
        }

        return _streams.Count < Most && _streams.TryAdd(tip.Stream, new Standing(new Tip(tip.Version, tip.Tip))) ? null : "it is there twice, or there are more streams than any bundle has";
    }

    /// <summary>Why this event does not follow; null when it does, and counts from now on.</summary>
    public string? Take(in EventLine line)
    {
        if (!_streams.TryGetValue(line.Leaf.Stream, out var standing))
        {
            return "its stream is none of this bundle";
        }

        var next = standing.Seen.Version + 1;
        if (line.Leaf.Version != next)
        {
            return line.Leaf.Version > next ? $"{line.Leaf.Stream}@{next} must come before it, and is missing" : "it was there already";
        }

        if (line.LeafHash != line.Leaf.Hash(standing.Seen.Leaf))
        {
            return "it is not what was recorded after the version before it";
        }

        if (line.Withheld is null && ContentCommitment.Of(line.Salt, line.Envelope, line.Data) != line.Leaf.Commitment)
        {
            return "its content is not what was recorded";
        }

        standing.Seen = new Tip(next, line.LeafHash);
        return null;
    }

    /// <summary>Why the newest events are not all there; null when they are.</summary>
    public string? Close()
    {
        foreach (var (stream, standing) in _streams)
        {
            if (standing.Seen != standing.Tip)
            {
                return $"{stream} ends at version {standing.Seen.Version}; at the head it stood at {standing.Tip.Version}";
            }
        }

        return null;
    }

    private readonly record struct Tip(long Version, Digest Leaf);

    private sealed class Standing(Tip tip)
    {
        public Tip Tip { get; } = tip;
        public Tip Seen { get; set; }
    }
}
