using System.Buffers;
using System.Globalization;
using System.Text;

namespace CrisisOps.Proof.Bundles;

/// <summary>
/// The line of an event. Its content stands there as the store has it, byte for byte, so that the very text is hashed that was committed to.
/// </summary>
internal readonly ref struct EventLine
{
    public long Position { get; private init; }
    public EventLeaf Leaf { get; private init; }
    public Digest LeafHash { get; private init; }

    /// <summary>Why its content is not here; null when it is.</summary>
    public string? Withheld { get; private init; }

    public ReadOnlySpan<byte> Salt { get; private init; }
    public ReadOnlySpan<byte> Envelope { get; private init; }
    public ReadOnlySpan<byte> Data { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> line, out EventLine read)
    {
        var cursor = new LineCursor(line);
        cursor.Expect("{\"kind\":\"event\",\"position\":"u8);
        var position = cursor.Number();
        cursor.Expect(",\"stream\":\""u8);
        var stream = cursor.Text();
        cursor.Expect("\",\"version\":"u8);
        var version = cursor.Number();
        cursor.Expect(",\"id\":\""u8);
        var id = cursor.Text();
        cursor.Expect("\",\"type\":\""u8);
        var type = cursor.Text();
        cursor.Expect("\",\"recordedAt\":\""u8);
        var recordedAt = cursor.Text();
        cursor.Expect("\",\"commitment\":\""u8);
        var commitment = cursor.Digest();
        cursor.Expect("\",\"leaf\":\""u8);
        var hash = cursor.Digest();
        read = new EventLine { Position = position, Leaf = new EventLeaf(stream, version, type, id, recordedAt, commitment), LeafHash = hash };
        if (cursor.Takes("\",\"withheld\":\""u8))
        {
            read = read with { Withheld = cursor.Text() };
            cursor.Expect("\"}"u8);
            return cursor.Done && LineWords.Withholds(read.Withheld);
        }

        cursor.Expect("\",\"salt\":\""u8);
        var salt = new byte[ContentCommitment.SaltSize];
        cursor.Bytes(salt);
        cursor.Expect("\",\"envelope\":"u8);
        // The text of a stored JSON has a space after every comma outside of strings, and no bare quotation mark inside one.
        var envelope = cursor.Until(",\"data\":"u8);
        read = read with { Salt = salt, Envelope = envelope, Data = cursor.UntilEnd("}"u8) };
        return cursor.Done;
    }

    /// <param name="content">Salt, envelope and payload; the salt is empty when the content is withheld.</param>
    public static void Write(IBufferWriter<byte> line, long position, in EventLeaf leaf, Digest hash, string? withheld, in EventContent content)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"kind\":\"event\",\"position\":{position},\"stream\":\"{leaf.Stream}\",\"version\":{leaf.Version},\"id\":\"{leaf.Id}\",\"type\":\"{leaf.Type}\",\"recordedAt\":\"{leaf.RecordedAt}\",\"commitment\":\"{leaf.Commitment}\",\"leaf\":\"{hash}\",");
        Encoding.ASCII.GetBytes(head, line);
        if (withheld is not null)
        {
            Encoding.ASCII.GetBytes($"\"withheld\":\"{withheld}\"}}\n", line);
            return;
        }

        Encoding.ASCII.GetBytes($"\"salt\":\"{Convert.ToHexStringLower(content.Salt)}\",\"envelope\":", line);
        line.Write(content.Envelope);
        line.Write(",\"data\":"u8);
        line.Write(content.Data);
        line.Write("}\n"u8);
    }
}

/// <summary>What an event says, and the salt of the commitment to it.</summary>
public readonly ref struct EventContent(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> data)
{
    public ReadOnlySpan<byte> Salt { get; } = salt;
    public ReadOnlySpan<byte> Envelope { get; } = envelope;
    public ReadOnlySpan<byte> Data { get; } = data;
}
