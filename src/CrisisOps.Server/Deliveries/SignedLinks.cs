using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CrisisOps.Server.Deliveries;

/// <summary>Links that say by themselves what they may do, to people who have no account here. They stand in messages, so they are short.</summary>
public sealed class SignedLinks(SecretKey key, IConfiguration configuration)
{
    private const int Proof = 16;

    /// <summary>Where this server is reached from outside: <c>PublicUrl</c>, or else where it listens.</summary>
    private readonly string _base = (configuration["PublicUrl"] ?? configuration["urls"]?.Split(';')[0] ?? "http://localhost:5080").TrimEnd('/');

    /// <param name="purpose">A word for a path: a link for one purpose is none for another.</param>
    public string To(string purpose, string about) =>
        $"{_base}/v1/links/{purpose}/{Base64Url.EncodeToString([.. key.OfLink(purpose, about), .. Encoding.UTF8.GetBytes(about)])}";

    /// <summary>A path of this server as it is reached from outside.</summary>
    public string Absolute(string path) => _base + path;

    /// <summary>What a link is about; null when it is not ours.</summary>
    public string? Read(string purpose, string token)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length <= Proof)
        {
            return null;
        }

        var about = Encoding.UTF8.GetString(bytes, Proof, length - Proof);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, Proof), key.OfLink(purpose, about)) ? about : null;
    }
}
