using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;

namespace CrisisOps.Server.Intake;

/// <summary>An alert of a known source, on its way to be stored.</summary>
/// <param name="Hash">SHA-256 of the bytes in which it came.</param>
/// <param name="KeyId">The key it was sent with; null when it was signed.</param>
/// <param name="ReceivedAt">UTC, cut to microseconds.</param>
public sealed record ReceivedAlert(AlertSource Source, string? KeyId, IncomingAlert Alert, byte[] Hash, DateTimeOffset ReceivedAt, IntakeReading Reading)
{
    /// <summary>Whose alert it is: a partner's, whichever of its systems sent it, or that of a system of our own.</summary>
    public string Owner => Source.PartnerId ?? Source.Key;

    /// <summary>The receipt: the same for the same alert sent again.</summary>
    public Guid Id { get; } = IdOf(Source, Alert.ExternalRef);

    public bool Exercise => Alert.Exercise || Source.Exercise;

    /// <summary>By what it finds the case it belongs to, the surest first; never empty.</summary>
    public IReadOnlyList<AlertKey> Keys { get; } = KeysOf(Source, Alert).DistinctBy(k => k.Hash).ToArray();

    /// <summary>The receipt of what this source calls by this reference.</summary>
    public static Guid IdOf(AlertSource source, string externalRef) => AlertHash.Of("alert", source.PartnerId ?? source.Key, externalRef);

    /// <summary>What is looked up for a dedup key of this source.</summary>
    public static Guid ByDedupKey(AlertSource source, bool exercise, string dedupKey) => AlertHash.Of("dedup", Real(source, exercise), source.Key, dedupKey);

    private static string Real(AlertSource source, bool exercise) => exercise || source.Exercise ? "exercise" : "real";

    private static IEnumerable<AlertKey> KeysOf(AlertSource source, IncomingAlert alert)
    {
        var real = Real(source, alert.Exercise);
        if (alert.DedupKey is { } dedup)
        {
            yield return new AlertKey(ByDedupKey(source, alert.Exercise, dedup), FoldReason.DedupKey, dedup);
        }

        foreach (var content in alert.ContentRefs)
        {
            yield return new AlertKey(AlertHash.Of("content", real, content.ItemId), FoldReason.ContentId, content.ItemId);
        }

        if (alert.DedupKey is null && alert.ContentRefs.Count == 0)
        {
            yield return new AlertKey(AlertHash.Of("reference", real, source.PartnerId ?? source.Key, alert.ExternalRef), FoldReason.Reference, alert.ExternalRef);
        }
    }
}

/// <param name="Hash">What is looked up.</param>
/// <param name="Reason">Why an alert with it belongs where it leads.</param>
/// <param name="Text">What was hashed, for those who ask why.</param>
public readonly record struct AlertKey(Guid Hash, FoldReason Reason, string Text);

internal static class AlertHash
{
    /// <summary>The first half of a SHA-256 over the parts; what stands in one part can not be taken for another.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        // One piece: a hash that is put together bit by bit is allocated and freed by the library of the system each time.
        var size = 0;
        foreach (var part in parts)
        {
            size += sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        var bytes = size <= 1024 ? stackalloc byte[size] : new byte[size];
        var end = 0;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, bytes[(end + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(bytes[end..], length);
            end += sizeof(int) + length;
        }

        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..end], whole);
        return new Guid(whole[..16], bigEndian: true);
    }
}
