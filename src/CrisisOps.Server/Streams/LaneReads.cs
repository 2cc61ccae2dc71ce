using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Streams;

/// <summary>The answer stored under an idempotency key.</summary>
public sealed record StoredAnswer(Guid Body, string Key, long Version, string Answer);

/// <summary>Other streams that the commands of one batch read; their versions are asserted when the batch is written.</summary>
public sealed class LaneReads(Func<IReadOnlyCollection<string>, CancellationToken, Task<Dictionary<string, HeldState>>> load, StreamKinds kinds)
{
    /// <summary>Versions that the batch relies on, by key.</summary>
    public Dictionary<string, long> Asserted { get; } = new(StringComparer.Ordinal);

    /// <summary>States the batch itself holds or has changed: they are truer than what is committed.</summary>
    public Func<string, HeldState?>? Working { get; set; }

    /// <summary>The states of the named streams; those that do not exist or that the caller may not see are left out.</summary>
    public async ValueTask<ImmutableDictionary<string, object>> Others(IReadOnlyCollection<string> keys, Caller caller, CancellationToken cancellation)
    {
        var known = keys.Where(key => kinds.Find(key) is not null).ToArray();
        if (known.Length == 0)
        {
            return ImmutableDictionary<string, object>.Empty;
        }

        var seen = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (key, held) in await Read(known, cancellation))
        {
            if (held.Version > 0 && kinds.Of(key).Visible(held.State, caller))
            {
                Asserted[key] = held.Version;
                seen[key] = held.State;
            }
        }

        return seen.ToImmutable();
    }

    private async Task<Dictionary<string, HeldState>> Read(string[] keys, CancellationToken cancellation)
    {
        var missing = Array.FindAll(keys, key => Working?.Invoke(key) is null);
        var states = missing.Length == 0 ? new Dictionary<string, HeldState>(StringComparer.Ordinal) : await load(missing, cancellation);
        foreach (var key in keys.Except(missing, StringComparer.Ordinal))
        {
            states[key] = Working!(key)!;
        }

        return states;
    }
}
