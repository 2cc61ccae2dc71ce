using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>A deadline as the list shows it: from its row, or from a state of the past.</summary>
internal sealed record DeadlineItem(DateTimeOffset DueAt, string Stream, string Kind, string Ref, int Generation, bool Missed, string? Owner, DateTimeOffset[] Warnings)
{
    /// <summary>What <see cref="Read"/> reads of a row.</summary>
    public const string Columns = "d.due_at, d.stream, d.kind, d.ref, d.generation, d.state = 'Missed', d.owner, d.warns_at";

    public static DeadlineItem Read(NpgsqlDataReader reader) => new(
        reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetBoolean(5),
        reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetFieldValue<DateTimeOffset[]>(7));

    /// <summary>As its row had it: PostgreSQL keeps microseconds, cut off where the instant is a parameter and rounded where it is read from a text.</summary>
    public static DeadlineItem Of(string stream, Deadline deadline) => new(
        Micros(deadline.DueAt, 0), stream, deadline.Kind, deadline.Ref, deadline.Generation, deadline.Missed, deadline.Owner,
        [.. (deadline.Warns?.Instants ?? []).Select(at => Micros(at, TimeSpan.TicksPerMicrosecond / 2))]);

    /// <summary>The order of the list.</summary>
    public static int InOrder(DeadlineItem one, DeadlineItem other) =>
        one.DueAt != other.DueAt ? one.DueAt.CompareTo(other.DueAt)
        : string.CompareOrdinal(one.Stream, other.Stream) is not 0 and var stream ? stream
        : string.CompareOrdinal(one.Kind, other.Kind) is not 0 and var kind ? kind
        : string.CompareOrdinal(one.Ref, other.Ref) is not 0 and var item ? item
        : one.Generation.CompareTo(other.Generation);

    public string Cursor(string mark) => Cursors.Write(mark, DueAt.UtcTicks, Stream, Kind, Ref, Generation);

    /// <summary>The place of a cursor, as an item that stands there.</summary>
    public static DeadlineItem? Place(string mark, string cursor) =>
        Cursors.Read(mark, cursor, 5) is [var ticks, var stream, var kind, var item, var generation]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var due) && due <= DateTimeOffset.MaxValue.Ticks
        && int.TryParse(generation, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new DeadlineItem(new DateTimeOffset(due, TimeSpan.Zero), stream, kind, item, number, false, null, [])
            : null;

    public bool Overdue(DateTimeOffset now) => Missed || DueAt <= now;

    public string Json(DateTimeOffset now) => JsonSerializer.Serialize(
        new
        {
            Stream,
            Kind,
            Ref,
            DueAt,
            State = Missed ? "Missed" : Array.Exists(Warnings, at => at <= now) ? "Warned" : "Open",
            Owner,
            OverdueSince = Overdue(now) ? DueAt : (DateTimeOffset?)null,
            WarnsAt = Missed ? null : Array.FindAll(Warnings, at => at > now) is [var next, ..] ? next : (DateTimeOffset?)null,
        },
        Hosting.Json.Stored);

    private static DateTimeOffset Micros(DateTimeOffset instant, long more)
    {
        var ticks = instant.UtcTicks + more;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
