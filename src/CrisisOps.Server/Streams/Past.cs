using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Streams;

/// <summary>
/// What of the past somebody asks for. By the clock of recording: what we knew at an instant, every event that was recorded by then. By the
/// clock of occurrence: what was true then as far as we know now, every event that had occurred by then, whenever it was recorded.
/// </summary>
/// <param name="AsOf">UTC; null for a version alone.</param>
/// <param name="Version">The state as of this version, if the stream had got that far.</param>
/// <param name="Occurred">By the clock of occurrence.</param>
public sealed record Past(DateTimeOffset? AsOf, long? Version = null, bool Occurred = false)
{
    /// <summary>The parameters of a list; those of a stream have <c>version</c> beside them.</summary>
    public const string AsOfName = "asOf", ClockName = "clock", VersionName = "version";

    // Later than anything that is recorded, and an instant that PostgreSQL knows.
    private static readonly DateTimeOffset _end = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Up to when events count.</summary>
    public DateTimeOffset Until => AsOf is { } at && at < _end ? at : _end;

    /// <summary>Reads the parameters; null when it is asked for now.</summary>
    /// <param name="byVersion">A version may be asked for too.</param>
    public static Past? Of(Queries query, bool byVersion = false)
    {
        var (asOf, version) = (query.Instant(AsOfName), byVersion ? query.Version(VersionName) : null);
        var occurred = query.OneOf(ClockName, "recorded", "occurred") == "occurred";
        if (occurred && asOf is null)
        {
            query.Refuse(ClockName, "occurred says how asOf is meant, and there is none.");
        }

        if (occurred && version is not null)
        {
            query.Refuse(VersionName, "counts events as they were recorded; leave it out with clock=occurred.");
        }

        return asOf is null && version is null ? null : new Past(asOf, version, occurred);
    }

    /// <summary>The instant as of which clocks stand: an instant that lies ahead means now.</summary>
    public DateTimeOffset At(TimeProvider clock) => clock.GetUtcNow() is var now && Until < now ? Until : now;

    /// <summary>The mark of a cursor: one of another instant belongs to another list.</summary>
    public static string Mark(string list, Past? past) => past is null ? list : $"{list}@{past.Until.UtcTicks}{(past.Occurred ? "o" : "r")}";

    /// <summary>Whether a stream was there then, as SQL.</summary>
    /// <param name="key">The column of its key.</param>
    /// <param name="openedAt">The column that says when its first event was recorded; null where no row has it.</param>
    public string Began(string key, string? openedAt, SqlArguments arguments)
    {
        var until = arguments.Add(Until);
        var known = openedAt is null ? null : $"{openedAt} <= {until}";
        var first = $"(select {(Occurred ? OccurredAt("f") : "f.timestamp")} from crisis.mt_events f where f.stream_id = {key} and f.version = 1) <= {until}";
        return (known, Occurred) switch
        {
            (null, _) => first,
            (_, false) => known,
            _ => $"({known} or {first})",
        };
    }

    /// <summary>When an event occurred, as SQL on its row.</summary>
    public static string OccurredAt(string row) => $"coalesce(({row}.headers->>'occurredAt')::timestamptz, {row}.timestamp)";
}
