namespace CrisisOps.Proof.Bundles;

/// <summary>Heads as somebody outside of the database kept them, one on a line: what a history must go through.</summary>
public sealed class AnchoredHeads
{
    /// <summary>Of a head a minute, more than nine years.</summary>
    private const int Most = 5_000_000;

    private const int LongestLine = 4096;

    private readonly Dictionary<long, AnchoredHead> _heads = [];
    private readonly HashSet<long> _met = [];

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    public int Count => _heads.Count;

    /// <summary>Reads a file of heads; null when it holds something else, or two heads of one size that differ.</summary>
    public static AnchoredHeads? Read(Stream stream)
    {
        var reader = new LineReader(stream);
        var anchored = new AnchoredHeads();
        for (var first = true; reader.Next(out var line); first = false)
        {
            // Whoever kept them may have an editor that begins files with a mark, or ends lines in two characters.
            line = (first && line.StartsWith(Mark) ? line[Mark.Length..] : line).TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Length > LongestLine || LineJson.Read<SignedHead>(line) is not { } head || !anchored.Add(head))
            {
                return null;
            }
        }

        return anchored;
    }

    /// <summary>Why a head that the history goes through does not fit what was anchored; null when it does.</summary>
    internal string? Meet(SignedHead head)
    {
        if (!_heads.TryGetValue(head.Size, out var anchored))
        {
            return null;
        }

        _met.Add(head.Size);
        return anchored.Root == head.Root && anchored.Tips == head.Tips ? null : $"at {head.Size} events another head was anchored at {anchored.At}: the history was rewritten";
    }

    /// <summary>
    /// Why the history does not go through all that was anchored of its time, and through what was anchored last before it; null when it does. Which
    /// heads stand in a bundle is up to whoever made it: where its first event stands is not.
    /// </summary>
    /// <param name="begins">The position of the first event.</param>
    internal (string? Why, AnchorFacts Facts) Close(long begins, SignedHead last)
    {
        var own = _heads.TryGetValue(last.Size, out var same) && same.Root == last.Root;
        var facts = new AnchorFacts(_met.Count, _met.Count == 0 ? null : _heads[_met.Max()], own);
        if (_heads.Values.Where(h => h.Size > last.Size && string.CompareOrdinal(h.At, last.At) <= 0).MaxBy(h => h.Size) is { } longer)
        {
            return ($"at {longer.At} a head over {longer.Size} events was anchored; this later one has only {last.Size}: the newest {longer.Size - last.Size} were removed", facts);
        }

        var before = _heads.Values.Where(h => h.Size <= begins).MaxBy(h => h.Size);
        if (_heads.Values.Where(h => (h == before || (h.Size > begins && h.Size <= last.Size)) && !_met.Contains(h.Size)).MinBy(h => h.Size) is { } missed)
        {
            return ($"the head over {missed.Size} events that was anchored at {missed.At} is no part of this history", facts);
        }

        if (_met.Count == 0)
        {
            return ("no anchored head is part of this history", facts);
        }

        // Every export is anchored before it is handed out: whatever was anchored later was anchored after this head, if this head is real.
        return (own || !_heads.Values.Any(h => h.Size > last.Size) ? null : "later heads are anchored, and the head of this bundle is not: it was not made by the history that was anchored", facts);
    }

    /// <summary>Nodes that write into one file repeat each other. Instants must be of one form, so that their texts have their order.</summary>
    private bool Add(SignedHead head) =>
        _heads.TryGetValue(head.Size, out var same) ? same.Root == head.Root && same.Tips == head.Tips
        : head.At.Length == TreeHead.InstantLength && _heads.Count < Most && _heads.TryAdd(head.Size, new AnchoredHead(head.Size, head.Root, head.Tips, head.At));
}

/// <summary>What is compared of a head that was kept.</summary>
public sealed record AnchoredHead(long Size, Digest Root, Digest Tips, string At);
