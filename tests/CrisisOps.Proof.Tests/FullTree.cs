namespace CrisisOps.Proof.Tests;

/// <summary>A tree as RFC 9162 §2.1.1 defines it, by recursion over all of its leaves: what the quick one is held against.</summary>
internal sealed class FullTree(IReadOnlyList<Digest> leaves)
{
    public Digest Root(long size) => Hash(new TreeSpan(0, size));

    public Digest Hash(TreeSpan span)
    {
        var count = span.To - span.From;
        if (count == 0)
        {
            return TreeHash.Empty;
        }

        if (count == 1)
        {
            return leaves[(int)span.From];
        }

        var half = 1L;
        while (half * 2 < count)
        {
            half *= 2;
        }

        return TreeHash.Node(Hash(span with { To = span.From + half }), Hash(span with { From = span.From + half }));
    }
}
