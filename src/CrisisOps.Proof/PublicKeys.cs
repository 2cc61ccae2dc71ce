using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;
using PublicKey = NSec.Cryptography.PublicKey;

namespace CrisisOps.Proof;

/// <summary>Public keys, by their ids: the key of today and those of before.</summary>
public sealed class PublicKeys
{
    private const string Begin = "-----BEGIN PUBLIC KEY-----";
    private const string End = "-----END PUBLIC KEY-----";
    private const int IdBytes = 8;

    private readonly Dictionary<string, PublicKey> _keys = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Ids => _keys.Keys;

    /// <summary>The id of a key: the first bytes of its hash.</summary>
    public static string IdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, IdBytes));

    /// <summary>The key as a file holds it.</summary>
    public static string PemOf(ReadOnlySpan<byte> publicKey) =>
        Encoding.UTF8.GetString(PublicKey.Import(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey).Export(KeyBlobFormat.PkixPublicKeyText));

    /// <summary>From PEM (several may follow each other), base64 of 32 bytes, or the answer of <c>GET /v1/history/keys</c>; null when it is none of them.</summary>
    public static PublicKeys? Read(string text)
    {
        var keys = new PublicKeys();
        var all = text.TrimStart() switch
        {
            ['{', ..] => FromJson(text),
            var other when other.StartsWith(Begin, StringComparison.Ordinal) => FromPem(other),
            _ => FromBase64(text),
        };
        return all is { Count: > 0 } && all.All(key => keys.Add(key)) ? keys : null;
    }

    public bool Add(ReadOnlySpan<byte> publicKey)
    {
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key) || key is null)
        {
            return false;
        }

        _keys[IdOf(publicKey)] = key;
        return true;
    }

    /// <param name="signature">In hexadecimal digits.</param>
    public bool Verify(string id, ReadOnlySpan<byte> bytes, string signature)
    {
        Span<byte> signed = stackalloc byte[64];
        return _keys.TryGetValue(id, out var key) && Hex.TryRead(Encoding.UTF8.GetBytes(signature), signed) && SignatureAlgorithm.Ed25519.Verify(key, bytes, signed);
    }

    private static List<byte[]>? FromPem(string text)
    {
        List<byte[]> keys = [];
        foreach (var block in text.Split(Begin, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var blob = Encoding.UTF8.GetBytes($"{Begin}\n{block}\n");
            if (!block.EndsWith(End, StringComparison.Ordinal) || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, blob, KeyBlobFormat.PkixPublicKeyText, out var key) || key is null)
            {
                return null;
            }

            keys.Add(key.Export(KeyBlobFormat.RawPublicKey));
        }

        return keys;
    }

    private static List<byte[]>? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == 32 ? [bytes[..length]] : null;
    }

    private static List<byte[]>? FromJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("publicKey").GetBytesFromBase64())];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
