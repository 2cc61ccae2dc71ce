using System.Text;
using NSec.Cryptography;

namespace CrisisOps.Proof;

/// <summary>The Ed25519 key that signs heads and bundles.</summary>
public sealed class SigningKey : IDisposable
{
    private const string Pem = "-----BEGIN PRIVATE KEY-----";

    private readonly Key _key;

    private SigningKey(Key key) => (_key, PublicKey) = (key, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public byte[] PublicKey { get; }

    public string Id => PublicKeys.IdOf(PublicKey);

    /// <summary>From a seed of 32 bytes in base64, or a PKCS #8 private key in PEM; null when it is neither.</summary>
    public static SigningKey? Read(string text)
    {
        var seed = new byte[text.Length];
        var key = text.TrimStart().StartsWith(Pem, StringComparison.Ordinal) ? Import(Encoding.UTF8.GetBytes(text.Trim()), KeyBlobFormat.PkixPrivateKeyText)
            : Convert.TryFromBase64String(text.Trim(), seed, out var length) ? Import(seed.AsSpan(0, length), KeyBlobFormat.RawPrivateKey)
            : null;
        return key is null ? null : new SigningKey(key);
    }

    /// <summary>From a seed of 32 bytes.</summary>
    public static SigningKey FromSeed(ReadOnlySpan<byte> seed) => new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));

    public byte[] Sign(ReadOnlySpan<byte> bytes) => SignatureAlgorithm.Ed25519.Sign(_key, bytes);

    public void Dispose() => _key.Dispose();

    private static Key? Import(ReadOnlySpan<byte> blob, KeyBlobFormat format) => Key.TryImport(SignatureAlgorithm.Ed25519, blob, format, out var key) ? key : null;
}
