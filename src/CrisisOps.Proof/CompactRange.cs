using System.Numerics;

namespace CrisisOps.Proof;

/// <summary>
/// A tree that grows to the right, held as its complete subtrees alone: a hash for each bit of its size. It takes leaves, and whole complete
/// subtrees whose leaves nobody has to know.
/// </summary>
/// <param name="made">Hears of each node above the leaves that becomes complete.</param>
public sealed class CompactRange(Action<TreeNode, Digest>? made = null)
{
    /// <summary>No tree is higher: its size must fit into a number.</summary>
    public const int Highest = 61;

    private readonly Digest[] _complete = new Digest[Highest + 1];

    public long Size { get; private set; }

    /// <summary>As <see cref="ToArray"/> gave it.</summary>
    public static CompactRange Read(long size, ReadOnlySpan<byte> complete, Action<TreeNode, Digest>? made = null)
    {
        var range = new CompactRange(made) { Size = size };
        for (var level = 0; level <= Highest; level++)
        {
            if (((size >> level) & 1) == 1)
            {
                range._complete[level] = Digest.Read(complete[..Digest.Size]);
                complete = complete[Digest.Size..];
            }
        }

        return complete.IsEmpty ? range : throw new ArgumentException("These are not the subtrees of a tree of this size.", nameof(complete));
    }

    public void Append(Digest leaf) => Append(leaf, 0);

    /// <summary>Appends the hash of 2^level leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No complete subtree of this height begins here.</exception>
    public void Append(Digest subtree, int level)
    {
        if (!Fits(level))
        {
            throw new ArgumentOutOfRangeException(nameof(level));
        }

        var leaves = 1L << level;
        for (; ((Size >> level) & 1) == 1; level++)
        {
            subtree = TreeHash.Node(_complete[level], subtree);
            made?.Invoke(new TreeNode(level + 1, Size >> (level + 1)), subtree);
        }

        _complete[level] = subtree;
        Size += leaves;
    }

    /// <summary>Whether a complete subtree of this height can come next.</summary>
    public bool Fits(int level) => level is >= 0 and < Highest && (Size == 0 || BitOperations.TrailingZeroCount(Size) >= level) && Size <= (1L << Highest) - (1L << level);

    public Digest Root()
    {
        Digest? root = null;
        for (var level = 0; level <= Highest; level++)
        {
            if (((Size >> level) & 1) == 1)
            {
                root = root is { } right ? TreeHash.Node(_complete[level], right) : _complete[level];
            }
        }

        return root ?? TreeHash.Empty;
    }

    public byte[] ToArray() => [.. Enumerable.Range(0, Highest + 1).Where(level => ((Size >> level) & 1) == 1).SelectMany(level => _complete[level].ToArray())];
}

/// <summary>A complete subtree: 2^level leaves, from index × 2^level on.</summary>
public readonly record struct TreeNode(int Level, long Index);
