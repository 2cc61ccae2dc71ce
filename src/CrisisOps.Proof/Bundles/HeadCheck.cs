namespace CrisisOps.Proof.Bundles;

/// <summary>The heads of a bundle: each goes on from the one before, they end at the head of the bundle, and they go through what was anchored.</summary>
internal sealed class HeadCheck(AnchoredHeads? anchored)
{
    private SignedHead? _first;
    private SignedHead? _last;

    public long Count { get; private set; }

    /// <summary>Why a head does not go on from the one before it; null when it does.</summary>
    public string? Take(HeadLine line)
    {
        if (_last is null ? line.Proof.Count > 0 : !GoesOn(_last, line))
        {
            return _last is null ? "there is no head before it from which a proof could lead to it" : $"it does not go on from the head before it, over {_last.Size} events";
        }

        _first ??= line.Head;
        _last = line.Head;
        Count++;
        return anchored?.Meet(line.Head);
    }

    /// <summary>What is wrong with all of them together, and in which part; null when nothing is.</summary>
    /// <param name="begins">The position of the first event.</param>
    public (string Part, string Why)? Close(SignedHead head, long begins, BundleFacts facts)
    {
        (facts.Heads, facts.FirstHead) = (Count, _first);
        if (_last != head)
        {
            return (LineWords.Head, "the heads do not lead to the head of this bundle");
        }

        if (anchored is null)
        {
            return null;
        }

        (var why, facts.Anchor) = anchored.Close(begins, head);
        return why is null ? null : ("anchor", why);
    }

    private static bool GoesOn(SignedHead before, HeadLine line) =>
        line.Head.Size > before.Size && string.CompareOrdinal(line.Head.At, before.At) >= 0 && TreeProof.Continues(before.Size, before.Root, line.Head.Size, line.Head.Root, line.Proof);
}
