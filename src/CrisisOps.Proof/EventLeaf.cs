using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CrisisOps.Proof;

/// <summary>
/// What the tree holds of an event: everything but its content, to which it is only committed. So the content can go, with the salt that
/// would let somebody guess it, and the proof still holds.
/// </summary>
/// <param name="RecordedAt">In UTC to the microsecond: <c>2027-05-15T14:02:00.000000Z</c>.</param>
/// <param name="Commitment">To what the event says; <see cref="ContentCommitment"/>.</param>
public readonly record struct EventLeaf(string Stream, long Version, string Type, string Id, string RecordedAt, Digest Commitment)
{
    private const int LongestText = 200;
    private const int Longest = 1024;

    private static ReadOnlySpan<byte> Domain => "crisisops/event/1"u8;

    /// <summary>Whether it is short and plain enough to stand in a leaf and in a bundle: printable ASCII that needs no escape.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= LongestText && text.All(c => c is >= ' ' and <= '~' and not ('"' or '\\'));

    /// <summary>The hash of the leaf.</summary>
    /// <param name="previous">The leaf of the version before, of the same stream; all zeros for the first one.</param>
    public Digest Hash(Digest previous)
    {
        Span<byte> leaf = stackalloc byte[Longest];
        Domain.CopyTo(leaf);
        var at = Domain.Length;
        Put(leaf, ref at, Stream);
        BinaryPrimitives.WriteInt64BigEndian(leaf[at..], Version);
        at += sizeof(long);
        Put(leaf, ref at, Type);
        Put(leaf, ref at, Id);
        Put(leaf, ref at, RecordedAt);
        previous.CopyTo(leaf[at..]);
        Commitment.CopyTo(leaf[(at + Digest.Size)..]);
        return TreeHash.Leaf(leaf[..(at + (2 * Digest.Size))]);
    }

    /// <summary>Every text with its length before it, so that no two events give the same bytes.</summary>
    private static void Put(Span<byte> leaf, ref int at, string text)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText);
        var length = Encoding.UTF8.GetBytes(text, leaf[(at + sizeof(ushort))..]);
        BinaryPrimitives.WriteUInt16BigEndian(leaf[at..], (ushort)length);
        at += sizeof(ushort) + length;
    }
}

/// <summary>A commitment to the content of an event: its payload as it is stored, and who gave it how.</summary>
public static class ContentCommitment
{
    public const int SaltSize = 16;

    private const int Small = 4096;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    /// <param name="envelope">Actor, correlation and headers, as one JSON text.</param>
    /// <param name="data">The payload, as the store gives it.</param>
    public static Digest Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> data)
    {
        if (salt.Length != SaltSize)
        {
            throw new ArgumentException("A salt has 16 bytes.", nameof(salt));
        }

        var length = SaltSize + sizeof(int) + envelope.Length + data.Length;
        var content = length <= Small ? stackalloc byte[Small] : new byte[length];
        salt.CopyTo(content);
        BinaryPrimitives.WriteInt32BigEndian(content[SaltSize..], envelope.Length);
        envelope.CopyTo(content[(SaltSize + sizeof(int))..]);
        data.CopyTo(content[(SaltSize + sizeof(int) + envelope.Length)..]);
        return Digest.Of(content[..length]);
    }
}
