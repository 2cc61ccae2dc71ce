using System.Globalization;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Timelines;

/// <summary>Where a replay stands: what was sent last, and how many entries that were.</summary>
/// <param name="Place">Null before the first.</param>
/// <param name="Over">There is nothing after it.</param>
public sealed record ReplayCursor(TimelinePlace? Place, long Position, bool Over = false)
{
    private const string Mark = "replay";
    private const string OverMark = "replayed";

    public static readonly ReplayCursor Start = new(null, 0);

    /// <summary>The cursor, or null when the text is none of this clock.</summary>
    public static ReplayCursor? Read(string text, string clock)
    {
        if (Cursors.Read($"{OverMark}-{clock}", text, 1) is [var all] && Number(all) is { } whole)
        {
            return new ReplayCursor(null, whole, Over: true);
        }

        return Cursors.Read($"{Mark}-{clock}", text, 5) is [var occurred, var recorded, var stream, var version, var position]
            && Instant(occurred) is { } o && Instant(recorded) is { } r && Number(version) is { } v && Number(position) is { } p
                ? new ReplayCursor(new TimelinePlace(o, r, stream, v), p)
                : null;
    }

    public string Write(string clock) => Place is { } place && !Over
        ? Cursors.Write($"{Mark}-{clock}", place.OccurredAt.UtcTicks, place.RecordedAt.UtcTicks, place.Stream, place.Version, Position)
        : Cursors.Write($"{OverMark}-{clock}", Position);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Instant(string ticks) => Number(ticks) is { } number && number <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(number, TimeSpan.Zero) : null;
}
