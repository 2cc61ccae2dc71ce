using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Timelines;

namespace CrisisOps.Server.Crises;

/// <summary>The war-room board as it stood after each entry of a replay. Rights, masked names and corrections are those of now.</summary>
public sealed class BoardFrames(StreamLoader loader, BoardReader boards)
{
    public Sequence Of(string crisis, Caller caller) => new(crisis, caller, loader, boards);

    /// <summary>The boards of one replay, in its order: each goes on from the states of the one before.</summary>
    public sealed class Sequence(string crisis, Caller caller, StreamLoader loader, BoardReader boards)
    {
        private readonly Dictionary<string, HeldState> _then = new(StringComparer.Ordinal);

        /// <summary>The board after an entry; null when the reader may not see the crisis, or it was not there yet.</summary>
        public async Task<CrisisBoard?> After(TimelinePlace place, CancellationToken cancellation)
        {
            if ((await loader.Load([crisis], cancellation))[crisis].State is not Crisis current)
            {
                return null;
            }

            var now = await loader.Load([crisis, .. BoardReader.Linked(current), .. await boards.Elections(caller, new Past(place.RecordedAt), cancellation)], cancellation);
            await loader.Advance(_then, now.Keys, place, cancellation);
            return boards.Board(crisis, _then, now, caller, place.RecordedAt);
        }
    }
}
