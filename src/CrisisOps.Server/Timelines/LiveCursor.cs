using System.Globalization;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// The place of a live reader. In one stream the version is the order of commits, on any node and whatever transactions were open: the
/// row of version n+1 can only be written after that of n is committed. A gathered timeline is read in the order of transactions, which
/// are those of one store: a restored one answers its cursors with 410.
/// </summary>
public sealed class LiveCursor(StoreEpoch epoch)
{
    private const string Mark = "live";
    private const string GatheredMark = "lives";

    public string Write(TimelinePlace place, StreamKind kind) => kind.Gathers
        ? Cursors.Write(GatheredMark, epoch.Current, place.Xid, place.RecordedAt.UtcTicks, place.Stream, place.Version)
        : Cursors.Write(Mark, place.Version);

    /// <summary>The place, or what is wrong with the cursor.</summary>
    /// <param name="cursor">Null means from the start.</param>
    /// <param name="member">Where the caller gave it.</param>
    public (TimelinePlace Place, Problem? Problem) Read(string? cursor, StreamKind kind, string member)
    {
        if (cursor is null)
        {
            return (TimelinePlace.Start, null);
        }

        if (kind.Gathers && Cursors.Read(GatheredMark, cursor, 5) is [var store, ..] && store != epoch.Current)
        {
            return (TimelinePlace.Start, Problem.Gone);
        }

        return Read(cursor, kind) is { } place ? (place, null) : (TimelinePlace.Start, Problem.Validation(member, "is no cursor of this live timeline"));
    }

    private static TimelinePlace? Read(string cursor, StreamKind kind)
    {
        if (!kind.Gathers)
        {
            return Cursors.Read(Mark, cursor, 1) is [var only] && Number(only) is { } reached ? TimelinePlace.Start with { Version = reached } : null;
        }

        return Cursors.Read(GatheredMark, cursor, 5) is [_, var xid, var ticks, var stream, var version]
            && ulong.TryParse(xid, NumberStyles.None, CultureInfo.InvariantCulture, out var transaction) && Number(ticks) is { } recorded && recorded <= DateTimeOffset.MaxValue.Ticks
            && Number(version) is { } number
                ? new TimelinePlace(default, new DateTimeOffset(recorded, TimeSpan.Zero), stream, number, transaction)
                : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
