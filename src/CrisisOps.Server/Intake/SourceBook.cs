using System.Collections.Concurrent;
using CrisisOps.Domain.Intake;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>A source that was found, and whether what it sends is taken.</summary>
/// <param name="KeyId">The key by which it was found; null when it was found by its own.</param>
public sealed record KnownSource(AlertSource Source, string? KeyId, SourceStanding Standing);

/// <summary>Good: taken. Otherwise why not: the key ended or was revoked, or the source is suspended or retired.</summary>
public enum SourceStanding { Good, KeyEnded, Suspended, Retired }

/// <summary>
/// All sources, in memory: what comes in is checked without a query. It looks for changes at most once a second, and only when somebody asks; so a
/// revoked key ends within a second on every node. What it does not find it looks for anew, because it may have been issued just now.
/// </summary>
public sealed class SourceBook(NpgsqlDataSource database, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    // Written in place: a key never moves to another source, and its hash is never forgotten.
    private readonly ConcurrentDictionary<string, AlertSource> _sources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Source, string KeyId)> _keys = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _turn;
    private Look? _last;

    /// <summary>Null when no source ever had this key.</summary>
    public ValueTask<KnownSource?> ByKey(string apiKey, CancellationToken cancellation) =>
        apiKey.Length == ApiKey.Length ? ByKeyHash(ApiKey.Hash(apiKey), cancellation) : ValueTask.FromResult<KnownSource?>(null);

    /// <summary>Null when no source ever had the key of this hash (SHA-256, lower-case hexadecimal).</summary>
    public ValueTask<KnownSource?> ByKeyHash(string hash, CancellationToken cancellation) =>
        Found(() => _keys.TryGetValue(hash, out var key) ? Known(_sources[key.Source], key.KeyId) : null, cancellation);

    /// <summary>The source of this key of a stream, such as <c>SRC-001</c>; null when there is none.</summary>
    public ValueTask<KnownSource?> Find(string source, CancellationToken cancellation) =>
        Found(() => _sources.TryGetValue(source, out var found) ? Known(found, null) : null, cancellation);

    /// <summary>The same as it stands in the store now, not as it stood within the last second.</summary>
    public async Task<AlertSource> Fresh(AlertSource source, CancellationToken cancellation)
    {
        await LookSince(clock.GetTimestamp(), cancellation);
        return _sources[source.Key];
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<KnownSource?> Found(Func<KnownSource?> find, CancellationToken cancellation)
    {
        var asked = clock.GetTimestamp();
        if (Volatile.Read(ref _last) is not { } last || clock.GetElapsedTime(last.At, asked) >= _fresh)
        {
            await LookSince(asked, cancellation);
        }

        if (find() is { } found)
        {
            return found;
        }

        await LookSince(asked, cancellation);
        return find();
    }

    /// <summary>Looks for changes, unless somebody has begun to since that moment: whoever waits for a look meanwhile shares it.</summary>
    private async Task LookSince(long asked, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_last is { } last && last.At >= asked)
            {
                return;
            }

            var look = new Look(clock.GetTimestamp());
            (var changed, _turn) = await SourceRows.Since(database, _turn, cancellation);
            foreach (var source in changed)
            {
                _sources[source.Key] = source;
                foreach (var key in source.Keys)
                {
                    _keys[key.Hash!] = (source.Key, key.KeyId);
                }
            }

            Volatile.Write(ref _last, look);
        }
        finally
        {
            _one.Release();
        }
    }

    private KnownSource Known(AlertSource source, string? keyId)
    {
        var standing = source.Stage switch
        {
            SourceState.Retired => SourceStanding.Retired,
            _ when keyId is not null && source.ValidKey(keyId, clock.GetUtcNow()) is null => SourceStanding.KeyEnded,
            SourceState.Suspended => SourceStanding.Suspended,
            _ => SourceStanding.Good,
        };
        return new KnownSource(source, keyId, standing);
    }

    private sealed record Look(long At);
}
