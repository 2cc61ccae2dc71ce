using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>An entry as its reader may see it.</summary>
/// <param name="Json">The reader's own text, as stored; null when only a hidden mark is for this reader.</param>
/// <param name="Hides">The version of an entry this reader saw and may see no more as it was.</param>
public sealed record TimelineEntry(long Version, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, byte[]? Json, long? Hides);

/// <summary>What to read of a timeline.</summary>
/// <param name="AsOf">Only what was recorded by this instant; rights and corrections are judged as of now.</param>
public sealed record TimelineWish(string Key, int Limit, bool ByOccurred = false, DateTimeOffset? From = null, DateTimeOffset? To = null, DateTimeOffset? AsOf = null, string[]? Kinds = null, TimelinePlace? After = null, bool Marks = false);

/// <summary>A place in a timeline: version in recorded order, all three in the order of occurrence.</summary>
public sealed record TimelinePlace(DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, long Version);

/// <summary>The one query that hands out entries; pages, live streams and replays all read through it.</summary>
public sealed class TimelineQuery(NpgsqlDataSource database, StreamKinds kinds)
{
    /// <summary>The entries, or null when the timeline does not exist for this caller.</summary>
    public async Task<IReadOnlyList<TimelineEntry>?> Read(TimelineWish wish, Caller caller, CancellationToken cancellation)
    {
        if (kinds.Find(wish.Key) is null)
        {
            return null;
        }

        var arguments = new SqlArguments();
        await using var command = database.Statement(Sql(wish, caller, arguments), arguments.Values);
        List<TimelineEntry> entries = new(wish.Limit);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var json = reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3);
                entries.Add(new TimelineEntry(
                    reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2),
                    json is null || reader.IsDBNull(4) ? json : Amended(json, wish.Key, reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt64(5)),
                    reader.IsDBNull(6) ? null : reader.GetInt64(6)));
            }
        }

        // Whoever sees an entry sees the timeline; only of an empty page it must be asked.
        return entries.Count > 0 || await Exists(wish.Key, caller, cancellation) ? entries : null;
    }

    private async Task<bool> Exists(string key, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var visible = Sight.Sql("e", caller, arguments).Visible;
        await using var command = database.Statement($"select 1 from crisis.escalations e where e.key = {arguments.Add(key)} and {visible}", arguments.Values);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private static string Sql(TimelineWish wish, Caller caller, SqlArguments arguments)
    {
        var sight = Sight.Sql("e", caller, arguments);
        var asOf = wish.AsOf is { } instant ? arguments.Add(instant) : null;
        var key = arguments.Add(wish.Key);
        List<string> where = [$"t.stream = {key}"];
        const string readable = "(t.tlp <= r.top or r.open) and (t.tlp < 4 or r.named)";
        const string text = "case r.audience when 0 then t.core when 1 then case t.cross_functional when '' then t.core else t.cross_functional end when 2 then t.executive when 3 then t.partner when 4 then t.public end";
        var seen = $"case when {readable} then {text} end";
        // Only those who had read the superseded entry are told that it is hidden.
        var hides = wish.Marks ? "case when t.supersedes is not null and (t.hides >> r.audience) & 1 = 1 and (o.tlp <= r.top or r.open) then t.supersedes end" : "null::bigint";
        Add(where, wish.From, at => $"t.{Axis(wish)} >= {arguments.Add(at)}");
        Add(where, wish.To, at => $"t.{Axis(wish)} < {arguments.Add(at)}");
        if (asOf is not null)
        {
            where.Add($"t.recorded_at <= {asOf}");
        }

        if (wish.Kinds is { } kinds)
        {
            where.Add($"t.kind = any ({arguments.Add(kinds)})");
        }

        if (wish.After is { } after)
        {
            where.Add(wish.ByOccurred
                ? $"(t.occurred_at, t.recorded_at, t.version) > ({arguments.Add(after.OccurredAt)}, {arguments.Add(after.RecordedAt)}, {arguments.Add(after.Version)})"
                : $"t.version > {arguments.Add(after.Version)}");
        }

        where.Add(wish.Marks ? $"(({seen}) is not null or ({hides}) is not null)" : $"({seen}) is not null");
        // Core reads the old text with the mark of its correction; before the correction was recorded there was none to show.
        var amended = asOf is null ? "r.audience = 0" : $"r.audience = 0 and t.amended_at <= {asOf}";
        // What the reader may see of this stream is worked out once, and not for every row.
        return $"""
            with r as materialized (
                select {sight.Audience} as audience, {sight.Limit} as top, {sight.Named} as named, {sight.Open} as open
                  from crisis.escalations e where e.key = {key} and {sight.Visible})
            select t.version, t.occurred_at, t.recorded_at, {seen}, case when {amended} then t.amended_at end, case when {amended} then t.amended_by end, {hides}
              from r cross join crisis.timeline t
              {(wish.Marks ? "left join crisis.timeline o on o.stream = t.stream and o.version = t.supersedes" : "")}
             where {string.Join(" and ", where)}
             order by {(wish.ByOccurred ? "t.occurred_at, t.recorded_at, t.version" : "t.version")}
             limit {wish.Limit}
            """;
    }

    private static string Axis(TimelineWish wish) => wish.ByOccurred ? "occurred_at" : "recorded_at";

    private static void Add(List<string> where, DateTimeOffset? at, Func<DateTimeOffset, string> condition)
    {
        if (at is { } instant)
        {
            where.Add(condition(instant));
        }
    }

    private static byte[] Amended(byte[] json, string key, DateTimeOffset at, long by) =>
        [.. json.AsSpan(0, json.Length - 1), .. Encoding.UTF8.GetBytes($",\"amendedAt\":\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.FFFFFFZ}\",\"amendedBy\":\"{key}@{by}\"}}")];
}
