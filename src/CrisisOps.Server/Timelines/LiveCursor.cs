using System.Globalization;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// The place of a live reader. In one stream the version is the order of commits, on any node and whatever transactions were open: the
/// row of version n+1 can only be written after that of n is committed. A gathered timeline is read in the order of transactions.
/// </summary>
public static class LiveCursor
{
    private const string Mark = "live";
    private const string GatheredMark = "lives";

    public static string Write(TimelinePlace place, StreamKind kind) => kind.Gathers
        ? Cursors.Write(GatheredMark, place.Xid, place.RecordedAt.UtcTicks, place.Stream, place.Version)
        : Cursors.Write(Mark, place.Version);

    public static TimelinePlace? Read(string? cursor, StreamKind kind)
    {
        if (!kind.Gathers)
        {
            return Cursors.Read(Mark, cursor, 1) is [var only] && Number(only) is { } reached ? TimelinePlace.Start with { Version = reached } : null;
        }

        return Cursors.Read(GatheredMark, cursor, 4) is [var xid, var ticks, var stream, var version]
            && ulong.TryParse(xid, NumberStyles.None, CultureInfo.InvariantCulture, out var transaction) && Number(ticks) is { } recorded && recorded <= DateTimeOffset.MaxValue.Ticks
            && Number(version) is { } number
                ? new TimelinePlace(default, new DateTimeOffset(recorded, TimeSpan.Zero), stream, number, transaction)
                : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
