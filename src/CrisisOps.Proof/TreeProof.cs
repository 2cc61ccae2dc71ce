using System.Numerics;

namespace CrisisOps.Proof;

/// <summary>Proofs of RFC 9162 §2.1.3 and §2.1.4: which spans of leaves they are made of, and whether one holds.</summary>
public static class TreeProof
{
    /// <summary>The spans whose hashes prove that a leaf stands in a tree, in the order of the proof.</summary>
    public static IReadOnlyList<TreeSpan> Inclusion(long leaf, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        List<TreeSpan> path = [];
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Half(to - from);
            if (leaf < middle)
            {
                path.Add(new TreeSpan(middle, to));
                to = middle;
            }
            else
            {
                path.Add(new TreeSpan(from, middle));
                from = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>The spans whose hashes prove that a tree is the beginning of a larger one, in the order of the proof.</summary>
    public static IReadOnlyList<TreeSpan> Consistency(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        if (first == 0 || first == second)
        {
            return [];
        }

        List<TreeSpan> path = [];
        var (from, to, whole) = (0L, second, true);
        while (first < to)
        {
            var middle = from + Half(to - from);
            if (first <= middle)
            {
                path.Add(new TreeSpan(middle, to));
                to = middle;
            }
            else
            {
                path.Add(new TreeSpan(from, middle));
                (from, whole) = (middle, false);
            }
        }

        if (!whole)
        {
            path.Add(new TreeSpan(from, to));
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether this leaf stands there in the tree of this root.</summary>
    public static bool Includes(Digest leafHash, long leaf, long size, Digest root, IReadOnlyList<Digest> proof)
    {
        if (leaf < 0 || leaf >= size)
        {
            return false;
        }

        var (at, last, hash) = (leaf, size - 1, leafHash);
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                hash = TreeHash.Node(sibling, hash);
                while ((at & 1) == 0 && at != 0)
                {
                    (at, last) = (at >> 1, last >> 1);
                }
            }
            else
            {
                hash = TreeHash.Node(hash, sibling);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether the tree of the first root is the beginning of the tree of the second.</summary>
    public static bool Continues(long first, Digest firstRoot, long second, Digest secondRoot, IReadOnlyList<Digest> proof)
    {
        if (first < 0 || first > second)
        {
            return false;
        }

        if (first == 0 || first == second)
        {
            return proof.Count == 0 && firstRoot == (first == 0 ? TreeHash.Empty : secondRoot);
        }

        var path = BitOperations.IsPow2(first) ? [firstRoot, .. proof] : proof;
        if (path.Count == 0)
        {
            return false;
        }

        var (at, last) = (first - 1, second - 1);
        for (; (at & 1) == 1; at >>= 1)
        {
            last >>= 1;
        }

        var (old, young) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                (old, young) = (TreeHash.Node(sibling, old), TreeHash.Node(sibling, young));
                while ((at & 1) == 0 && at != 0)
                {
                    (at, last) = (at >> 1, last >> 1);
                }
            }
            else
            {
                young = TreeHash.Node(young, sibling);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && old == firstRoot && young == secondRoot;
    }

    /// <summary>The largest power of two below a size.</summary>
    private static long Half(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
