using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace CrisisOps.Proof.Tests;

public sealed class CompactRangeTests
{
    private static readonly Digest[] _leaves = [.. Enumerable.Range(0, 600).Select(i => TreeHash.Leaf(BitConverter.GetBytes(i)))];
    private static readonly FullTree _tree = new(_leaves);

    [Fact]
    public void Whatever_is_skipped_the_root_is_the_same() =>
        Prop.ForAll(
            Gen.Choose(1, 40).ArrayOf().ToArbitrary(),
            lengths =>
            {
                var range = new CompactRange();
                var skip = false;
                foreach (var length in lengths.TakeWhile(l => range.Size + l <= _leaves.Length))
                {
                    var span = new TreeSpan(range.Size, range.Size + length);
                    foreach (var node in skip ? span.Cover() : Enumerable.Range(0, length).Select(i => new TreeNode(0, span.From + i)))
                    {
                        range.Append(_tree.Hash(new TreeSpan(node.Index << node.Level, (node.Index + 1) << node.Level)), node.Level);
                    }

                    skip = !skip;
                }

                return range.Root() == _tree.Root(range.Size);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_goes_on_from_where_it_was_written_down()
    {
        for (var size = 0; size < 130; size++)
        {
            var range = new CompactRange();
            foreach (var leaf in _leaves.Take(size))
            {
                range.Append(leaf);
            }

            var again = CompactRange.Read(size, range.ToArray());
            again.Append(_leaves[size]);
            again.Root().ShouldBe(_tree.Root(size + 1));
        }
    }

    [Fact]
    public void It_tells_of_each_node_above_the_leaves_once_it_is_complete()
    {
        Dictionary<TreeNode, Digest> made = [];
        var range = new CompactRange(made.Add);
        foreach (var leaf in _leaves.Take(37))
        {
            range.Append(leaf);
        }

        made.Count.ShouldBe(18 + 9 + 4 + 2 + 1);
        made.ShouldAllBe(m => m.Value == _tree.Hash(new TreeSpan(m.Key.Index << m.Key.Level, (m.Key.Index + 1) << m.Key.Level)));
    }

    [Fact]
    public void A_subtree_can_only_stand_where_one_begins()
    {
        var range = new CompactRange();
        range.Append(_leaves[0]);

        range.Fits(1).ShouldBeFalse();
        range.Fits(62).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => range.Append(_leaves[1], 1));
    }
}
