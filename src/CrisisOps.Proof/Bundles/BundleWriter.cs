using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace CrisisOps.Proof.Bundles;

/// <summary>Writes a bundle line by line; what it holds in memory is one line.</summary>
/// <param name="output">Takes the lines; whoever owns it flushes it.</param>
public sealed class BundleWriter(IBufferWriter<byte> output) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _withheld;
    private long _bytes;
    private long _lines;

    public void Header(BundleHeader header) => Write(LineWords.Header, header);

    public void Stream(StreamTip stream) => Write(LineWords.Stream, stream);

    public void Skip(Skip skip) => Write(LineWords.Skip, skip);

    /// <param name="withheld">Why its content is not here; null when it is.</param>
    public void Event(long position, in EventLeaf leaf, Digest hash, string? withheld, in EventContent content)
    {
        Count(LineWords.Event);
        _withheld += withheld is null ? 0 : 1;
        EventLine.Write(_line, position, leaf, hash, withheld, content);
        Send();
    }

    /// <param name="entry">The entry in JSON, in one line.</param>
    public void Timeline(ReadOnlySpan<byte> entry) => Write(LineWords.Timeline, entry);

    /// <param name="delivery">The delivery in JSON, in one line.</param>
    public void Delivery(ReadOnlySpan<byte> delivery) => Write(LineWords.Delivery, delivery);

    public void Head(HeadLine head) => Write(LineWords.Head, head);

    /// <summary>The last line; nothing may follow it.</summary>
    public void Manifest(SigningKey key)
    {
        var manifest = new BundleManifest(
            _lines, Of(LineWords.Event), _withheld, Of(LineWords.Skip), Of(LineWords.Timeline), Of(LineWords.Delivery), Of(LineWords.Head), _bytes, Digest.Read(_hash.GetHashAndReset()), key.Id, "");
        Write(LineWords.Manifest, manifest with { Signature = Convert.ToHexStringLower(key.Sign(ToSign(manifest))) });
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>What the signature of a manifest is over.</summary>
    internal static byte[] ToSign(BundleManifest manifest) => [.. "crisisops/bundle/1\n"u8, .. JsonSerializer.SerializeToUtf8Bytes(manifest with { Signature = "" }, LineJson.Options)];

    private void Write<T>(string kind, T body) => Write(kind, JsonSerializer.SerializeToUtf8Bytes(body, LineJson.Options).AsSpan());

    private void Write(string kind, ReadOnlySpan<byte> body)
    {
        Frame.Write(_line, kind, Count(kind), body);
        Send();
    }

    private void Send()
    {
        _hash.AppendData(_line.WrittenSpan);
        _bytes += _line.WrittenCount;
        _lines++;
        output.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }

    private long Count(string kind) => _counts[kind] = Of(kind) + 1;

    private long Of(string kind) => _counts.GetValueOrDefault(kind);
}
