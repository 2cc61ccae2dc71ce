using System.Numerics;

namespace CrisisOps.Proof;

/// <summary>Leaves that stand beside each other, from one on and before another.</summary>
public readonly record struct TreeSpan(long From, long To)
{
    /// <summary>The fewest complete subtrees that cover it, from left to right.</summary>
    public IEnumerable<TreeNode> Cover()
    {
        for (var from = From; from < To;)
        {
            var level = Math.Min(from == 0 ? CompactRange.Highest : BitOperations.TrailingZeroCount(from), BitOperations.Log2((ulong)(To - from)));
            yield return new TreeNode(level, from >> level);
            from += 1L << level;
        }
    }

    /// <summary>The hash of a span that a proof asks for, out of the complete subtrees that cover it.</summary>
    public Digest Hash(Func<TreeNode, Digest> node) => Cover().Select(node).Reverse().Aggregate((right, left) => TreeHash.Node(left, right));
}
