using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// The one secret from which all others are derived: so none stands in an event, a backup of the events gives none away, and rotating one is
/// a number. <c>Secrets:Key</c> (base64, at least 32 bytes), or one that the store keeps.
/// </summary>
public sealed class SecretKey(NpgsqlDataSource database, IConfiguration configuration)
{
    private byte[]? _key;

    /// <summary>Before the first request.</summary>
    public async Task Load(CancellationToken cancellation)
    {
        if (Set(configuration) is { } given)
        {
            _key = given;
            return;
        }

        await using var command = database.Statement(
            """
            insert into crisis.settings as s (name, value) values ('secret-key', $1)
            on conflict (name) do update set value = s.value returning value
            """,
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        _key = Convert.FromBase64String((string)(await command.ExecuteScalarAsync(cancellation))!);
    }

    /// <summary>The key that is set; null when the store keeps one.</summary>
    /// <exception cref="InvalidOperationException"><c>Secrets:Key</c> is no base64 of at least 32 bytes.</exception>
    public static byte[]? Set(IConfiguration configuration)
    {
        if (configuration["Secrets:Key"] is not { Length: > 0 } given)
        {
            return null;
        }

        var key = new byte[given.Length];
        return Convert.TryFromBase64String(given, key, out var length) && length >= 32 ? key[..length] : throw new InvalidOperationException("Secrets:Key must be base64 of at least 32 bytes.");
    }

    /// <summary>The signing secret of an endpoint, 32 bytes.</summary>
    public byte[] OfEndpoint(string partner, string endpoint, int generation) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 32, info: Encoding.UTF8.GetBytes($"endpoint|{partner}|{endpoint}|{generation}"));

    /// <summary>The secret with which a source of alerts signs, 32 bytes.</summary>
    public byte[] OfSource(string source, int generation) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 32, info: Encoding.UTF8.GetBytes($"source|{source}|{generation}"));

    /// <summary>The secrets that are valid now, the newest first: for a while after a rotation the one before is, too.</summary>
    public static ImmutableArray<byte[]> Valid(Func<int, byte[]> of, int generation, DateTimeOffset? oldUntil, DateTimeOffset now) =>
        oldUntil > now && generation > 1 ? [of(generation), of(generation - 1)] : [of(generation)];

    /// <summary>What stands behind a word in a link: nobody can make one for another purpose or thing.</summary>
    public byte[] OfLink(string purpose, string about) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 32, info: "links"u8.ToArray()), Encoding.UTF8.GetBytes($"{purpose}|{about}"))[..16];

    /// <summary>What a reply code of a message is made of, 5 bytes: short enough to be read out, so it is looked up and never proves anything by itself.</summary>
    /// <param name="attempt">0 at first; the next one when another message has that code already.</param>
    public byte[] OfReply(string about, int attempt) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 32, info: "replies"u8.ToArray()), Encoding.UTF8.GetBytes($"{about}|{attempt}"))[..5];

    private byte[] Key => _key ?? throw new InvalidOperationException("The secret key is loaded at the start.");
}
