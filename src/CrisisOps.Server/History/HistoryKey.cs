using System.Security.Cryptography;
using CrisisOps.Proof;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>
/// The key that signs heads and bundles. It is <c>History:SigningKey</c>, never in the store: whoever can rewrite the one shall not have the
/// other. Only in Development the store keeps one.
/// </summary>
public sealed class HistoryKey(NpgsqlDataSource database, HistorySettings settings, TimeProvider clock) : IDisposable
{
    private SigningKey? _key;

    public SigningKey Signing => _key ?? throw new InvalidOperationException("The signing key is loaded at the start.");

    /// <summary>Before the first request.</summary>
    public async Task Load(bool development, CancellationToken cancellation)
    {
        _key = await Set(settings, development, cancellation) ?? SigningKey.FromSeed(await DevelopmentSeed(cancellation));
        await using var known = database.Statement(
            "insert into crisis.history_keys (id, public_key, since) values ($1, $2, $3) on conflict (id) do nothing", _key.Id, Convert.ToBase64String(_key.PublicKey), clock.GetUtcNow());
        await known.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The key that is set; null when the store keeps one, which it does in Development only.</summary>
    /// <exception cref="InvalidOperationException">There is no key, or none that can be read.</exception>
    public static async Task<SigningKey?> Set(HistorySettings settings, bool development, CancellationToken cancellation) =>
        settings.SigningKey is { Length: > 0 } given ? await Given(given, cancellation)
        : development ? null
        : throw new InvalidOperationException("History:SigningKey is missing: outside Development the history is signed with a key of yours. openssl genpkey -algorithm ed25519 makes one.");

    /// <summary>Public keys in base64 by their ids, the oldest first.</summary>
    public async Task<IReadOnlyList<KnownKey>> All(CancellationToken cancellation)
    {
        await using var command = database.Statement("select id, public_key, since from crisis.history_keys order by since, id");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<KnownKey> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(new KnownKey(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return keys;
    }

    public void Dispose() => _key?.Dispose();

    private static async Task<SigningKey> Given(string given, CancellationToken cancellation) =>
        SigningKey.Read(given) ?? (File.Exists(given) ? SigningKey.Read(await File.ReadAllTextAsync(given, cancellation)) : null)
        ?? throw new InvalidOperationException("History:SigningKey must be 32 bytes in base64, an Ed25519 private key in PEM, or the path of a file with one of them.");

    private async Task<byte[]> DevelopmentSeed(CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            insert into crisis.settings as s (name, value) values ('history-key', $1)
            on conflict (name) do update set value = s.value returning value
            """,
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return Convert.FromBase64String((string)(await command.ExecuteScalarAsync(cancellation))!);
    }
}

/// <param name="PublicKey">32 bytes in base64.</param>
public sealed record KnownKey(string Id, string PublicKey, DateTimeOffset Since);
