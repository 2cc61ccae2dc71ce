using System.Globalization;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Timelines;

/// <summary>What to replay, and how.</summary>
/// <param name="Entries">The entries, in the order in which they are replayed.</param>
/// <param name="Boards">The war-room board goes after each entry.</param>
public sealed record ReplayWish(TimelineWish Entries, ReplayPace Pace, bool Boards)
{
    private const string Occurred = "occurred";
    private const string Whole = "max";

    private static readonly TimeSpan _longestGap = TimeSpan.FromDays(1);

    public string Clock => Entries.ByOccurred ? Occurred : "recorded";

    public string Speed => Pace.Speed?.ToString(CultureInfo.InvariantCulture) ?? Whole;

    /// <summary>The instant of an entry on the clock of this replay, UTC.</summary>
    public DateTimeOffset At(TimelineEntry entry) => Entries.ByOccurred ? entry.Place.OccurredAt : entry.Place.RecordedAt;

    /// <summary>Reads the query, or says what is wrong with it.</summary>
    public static (ReplayWish Wish, Problem? Problem) Read(string key, StreamKind kind, HttpContext http)
    {
        var query = new Queries(http, "from", "to", "speed", "clock", "maxGap", "frames");
        var (from, to, gap) = (query.Instant("from"), query.Instant("to"), query.Duration("maxGap"));
        var (clock, frames, speed) = (query.OneOf("clock", "recorded", Occurred), query.OneOf("frames", "none", "board"), query.Text("speed") ?? "1");
        var pace = speed == Whole ? null : Number(speed);
        var wish = new ReplayWish(new TimelineWish(key, 0, clock == Occurred, from, to), new ReplayPace(pace, gap), frames == "board");
        return (wish, query.Problem ?? wish.Wrong(speed, kind));
    }

    private Problem? Wrong(string speed, StreamKind kind) => this switch
    {
        _ when speed != Whole && Pace.Speed is not (>= ReplayPace.Slowest and <= ReplayPace.Fastest) =>
            Problem.Validation("speed", string.Create(CultureInfo.InvariantCulture, $"must be a number from {ReplayPace.Slowest} to {ReplayPace.Fastest}, or max")),
        _ when Pace.MaxGap <= TimeSpan.Zero || Pace.MaxGap > _longestGap => Problem.Validation("maxGap", "must be longer than nothing and at most a day"),
        _ when Entries is { From: { } from, To: { } to } && from >= to => Problem.Validation("from", "must be before to"),
        { Boards: true } when kind.Prefix != "CR" => Problem.Validation("frames", "board is for the timeline of a crisis"),
        { Boards: true, Entries.ByOccurred: true } => Problem.Validation("frames", "board shows what was known, so it goes with clock=recorded"),
        _ => null,
    };

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
