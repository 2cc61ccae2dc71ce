using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Streams;

/// <summary>States for readers: the newest, or those of an earlier instant or version.</summary>
public sealed class StreamStates(StreamLoader loader, PastStates past, StreamKinds kinds)
{
    /// <summary>The state and the audience as which the caller reads it; null when it does not exist for them.</summary>
    public async Task<(HeldState Held, Audience Audience)?> Seen(StreamKind kind, string key, Caller caller, CancellationToken cancellation)
    {
        if (kinds.Find(key) != kind)
        {
            return null;
        }

        var held = (await loader.Load([key], cancellation))[key];
        return held.Version > 0 && Sight.AudienceOf(kind.SightOf(held.State), caller) is { } audience ? (held, audience) : null;
    }

    /// <summary>What a stream was then, and the version it had reached; null when it was not there yet, or never got that far.</summary>
    public async Task<HeldState?> Then(string key, Past then, CancellationToken cancellation)
    {
        var held = await past.Load(key, then, cancellation);
        return held.Version == 0 || held.Version < then.Version ? null : held;
    }
}
