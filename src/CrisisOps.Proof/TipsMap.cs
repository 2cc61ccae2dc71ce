using System.Buffers.Binary;
using System.Text;

namespace CrisisOps.Proof;

/// <summary>
/// A Merkle map from every stream to its newest version: who has its root knows when the newest events of a stream are withheld. 65,536
/// buckets by the hash of the stream's key, and a binary tree of depth 16 above them.
/// </summary>
public static class TipsMap
{
    public const int Depth = 16;
    public const int Buckets = 1 << Depth;

    private const byte NodePrefix = 3;

    /// <summary>The hashes of empty subtrees, by their height.</summary>
    private static readonly Digest[] _empty = Empties();

    /// <summary>Under what a stream stands in the map.</summary>
    public static Digest IdOf(string stream) => Digest.Of(Encoding.UTF8.GetBytes(stream));

    public static int BucketOf(Digest id) => BinaryPrimitives.ReadUInt16BigEndian(id.ToArray());

    /// <summary>What stands there for a stream. The leaf holds a salt, so nobody can guess a version from it.</summary>
    public static Digest ValueOf(long version, Digest leaf)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long) + Digest.Size];
        bytes[0] = 4;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], version);
        leaf.CopyTo(bytes[(1 + sizeof(long))..]);
        return Digest.Of(bytes);
    }

    /// <summary>The hash of a bucket over its entries in the order of their ids.</summary>
    public static Digest BucketHash(IReadOnlyList<TipEntry> entries)
    {
        if (entries.Count == 0)
        {
            return _empty[0];
        }

        var bytes = new byte[1 + (entries.Count * 2 * Digest.Size)];
        bytes[0] = 2;
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Id.CopyTo(bytes.AsSpan(1 + (i * 2 * Digest.Size)));
            entries[i].Value.CopyTo(bytes.AsSpan(1 + (((i * 2) + 1) * Digest.Size)));
        }

        return Digest.Of(bytes);
    }

    /// <summary>All levels of the tree, from the buckets up to the root alone; <paramref name="buckets"/> holds those that are not empty.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<int, Digest>> Levels(IReadOnlyDictionary<int, Digest> buckets)
    {
        List<IReadOnlyDictionary<int, Digest>> levels = [buckets];
        for (var level = 0; level < Depth; level++)
        {
            var below = levels[level];
            Dictionary<int, Digest> nodes = new((below.Count / 2) + 1);
            foreach (var index in below.Keys)
            {
                if (!nodes.ContainsKey(index >> 1))
                {
                    nodes[index >> 1] = TreeHash.Pair(NodePrefix, Node(below, level, index & ~1), Node(below, level, index | 1));
                }
            }

            levels.Add(nodes);
        }

        return levels;
    }

    public static Digest Root(IReadOnlyList<IReadOnlyDictionary<int, Digest>> levels) => Node(levels[Depth], Depth, 0);

    /// <summary>What stands beside the way of a bucket to the root, from below.</summary>
    public static Digest[] Siblings(IReadOnlyList<IReadOnlyDictionary<int, Digest>> levels, int bucket) =>
        [.. Enumerable.Range(0, Depth).Select(level => Node(levels[level], level, (bucket >> level) ^ 1))];

    /// <summary>The root that a bucket and what stands beside its way give.</summary>
    public static Digest Root(int bucket, Digest bucketHash, IReadOnlyList<Digest> siblings)
    {
        var hash = bucketHash;
        for (var level = 0; level < Depth; level++)
        {
            hash = ((bucket >> level) & 1) == 0 ? TreeHash.Pair(NodePrefix, hash, siblings[level]) : TreeHash.Pair(NodePrefix, siblings[level], hash);
        }

        return hash;
    }

    private static Digest Node(IReadOnlyDictionary<int, Digest> nodes, int level, int index) => nodes.TryGetValue(index, out var hash) ? hash : _empty[level];

    private static Digest[] Empties()
    {
        var empty = new Digest[Depth + 1];
        empty[0] = Digest.Of([2]);
        for (var level = 0; level < Depth; level++)
        {
            empty[level + 1] = TreeHash.Pair(NodePrefix, empty[level], empty[level]);
        }

        return empty;
    }
}

/// <summary>A stream in a bucket, as hashes.</summary>
public readonly record struct TipEntry(Digest Id, Digest Value);
