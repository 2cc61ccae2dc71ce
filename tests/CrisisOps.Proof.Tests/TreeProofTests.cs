using Shouldly;

namespace CrisisOps.Proof.Tests;

/// <summary>Every proof in every tree of up to 40 leaves, held against the definition.</summary>
public sealed class TreeProofTests
{
    private const int Most = 40;

    private static readonly Digest[] _leaves = [.. Enumerable.Range(0, Most).Select(i => TreeHash.Leaf([(byte)i]))];
    private static readonly FullTree _tree = new(_leaves);

    [Fact]
    public void Every_leaf_of_every_tree_is_included_there_and_nowhere_else()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var leaf = 0; leaf < size; leaf++)
            {
                var proof = TreeProof.Inclusion(leaf, size).Select(Quick).ToArray();
                TreeProof.Includes(_leaves[leaf], leaf, size, _tree.Root(size), proof).ShouldBeTrue($"{leaf} of {size}");
                TreeProof.Includes(_leaves[leaf], (leaf + 1) % size, size, _tree.Root(size), proof).ShouldBe(size == 1, $"{leaf} of {size}, elsewhere");
                TreeProof.Includes(_leaves[(leaf + 1) % Most], leaf, size, _tree.Root(size), proof).ShouldBeFalse($"{leaf} of {size}, another one");
                TreeProof.Includes(_leaves[leaf], leaf, size, _tree.Root(size), [.. proof, _leaves[0]]).ShouldBeFalse($"{leaf} of {size}, with more");
            }
        }
    }

    [Fact]
    public void Every_tree_is_the_beginning_of_every_larger_one_and_of_no_other()
    {
        for (var second = 1; second <= Most; second++)
        {
            for (var first = 1; first <= second; first++)
            {
                var proof = TreeProof.Consistency(first, second).Select(Quick).ToArray();
                TreeProof.Continues(first, _tree.Root(first), second, _tree.Root(second), proof).ShouldBeTrue($"{first} to {second}");
                TreeProof.Continues(first, _leaves[^1], second, _tree.Root(second), proof).ShouldBeFalse($"{first} to {second}, another beginning");
                TreeProof.Continues(first, _tree.Root(first), second, _leaves[^1], proof).ShouldBeFalse($"{first} to {second}, another end");
                TreeProof.Continues(first, _tree.Root(first), second, _tree.Root(second), [.. proof, _leaves[0]]).ShouldBeFalse($"{first} to {second}, with more");
                if (proof.Length > 0)
                {
                    TreeProof.Continues(first, _tree.Root(first), second, _tree.Root(second), proof[1..]).ShouldBeFalse($"{first} to {second}, with less");
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_proven_of_positions_that_are_none()
    {
        TreeProof.Includes(_leaves[0], -1, 1, _leaves[0], []).ShouldBeFalse();
        TreeProof.Includes(_leaves[0], 1, 1, _leaves[0], []).ShouldBeFalse();
        TreeProof.Continues(2, _tree.Root(2), 1, _tree.Root(1), []).ShouldBeFalse();
        TreeProof.Continues(-1, _tree.Root(2), 1, _tree.Root(1), []).ShouldBeFalse();
    }

    /// <summary>Out of complete subtrees, as the server does it.</summary>
    private static Digest Quick(TreeSpan span) => span.Hash(node => _tree.Hash(new TreeSpan(node.Index << node.Level, (node.Index + 1) << node.Level)));
}
