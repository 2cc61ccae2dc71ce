using System.Security.Cryptography;

namespace CrisisOps.Proof;

/// <summary>The hashes of a Merkle tree as RFC 9162 §2.1.1 has them: leaves and nodes can not be taken for each other.</summary>
public static class TreeHash
{
    /// <summary>The root of a tree without leaves.</summary>
    public static readonly Digest Empty = Digest.Of([]);

    private const int LongestLeaf = 1024;

    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> input = entry.Length < LongestLeaf ? stackalloc byte[LongestLeaf] : new byte[entry.Length + 1];
        input[0] = 0;
        entry.CopyTo(input[1..]);
        return Digest.Of(input[..(entry.Length + 1)]);
    }

    public static Digest Node(Digest left, Digest right) => Pair(1, left, right);

    /// <summary>A hash over two, told apart from others of its kind by its first byte.</summary>
    internal static Digest Pair(byte prefix, Digest left, Digest right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Digest.Size)];
        input[0] = prefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest.Size)..]);
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(input, hash);
        return Digest.Read(hash);
    }
}
