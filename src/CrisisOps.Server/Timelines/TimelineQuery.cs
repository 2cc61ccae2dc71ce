using System.Globalization;
using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>The one query that hands out entries; pages, live streams and replays all read through it.</summary>
public sealed class TimelineQuery(NpgsqlDataSource database, StreamKinds kinds)
{
    /// <summary>The entries, or null when the timeline does not exist for this caller.</summary>
    public async Task<IReadOnlyList<TimelineEntry>?> Read(TimelineWish wish, Caller caller, CancellationToken cancellation)
    {
        if (kinds.Find(wish.Key) is not { } kind)
        {
            return null;
        }

        var arguments = new SqlArguments();
        var sql = kind.Gathers ? GatheredTimeline.Sql(kind, wish, caller, arguments) : OfOneStream(kind, wish, caller, arguments);
        await using var command = database.Statement(sql, arguments.Values);
        List<TimelineEntry> entries = new(wish.Limit);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                entries.Add(Entry(reader, wish.Key, kind.Gathers));
            }
        }

        // Whoever sees an entry sees the timeline; only of an empty page it must be asked.
        return entries.Count > 0 || await Exists(kind, wish.Key, caller, cancellation) ? entries : null;
    }

    private static TimelineEntry Entry(NpgsqlDataReader reader, string key, bool gathered)
    {
        var json = reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3);
        var stream = gathered ? reader.GetString(7) : key;
        var (xid, final) = gathered ? (ulong.Parse(reader.GetString(8), CultureInfo.InvariantCulture), reader.GetBoolean(9)) : (0, true);
        return new TimelineEntry(
            new TimelinePlace(reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), stream, reader.GetInt64(0), xid, final),
            json is null || reader.IsDBNull(4) ? json : Amended(json, stream, reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt64(5)),
            reader.IsDBNull(6) ? null : reader.GetInt64(6));
    }

    private async Task<bool> Exists(StreamKind kind, string key, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var visible = Sight.Sql("e", kind.SightRows, caller, arguments).Visible;
        await using var command = database.Statement($"select 1 from {kind.SightRows.Table} e where e.key = {arguments.Add(key)} and {visible}", arguments.Values);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private static string OfOneStream(StreamKind kind, TimelineWish wish, Caller caller, SqlArguments arguments)
    {
        var sight = Sight.Sql("e", kind.SightRows, caller, arguments).For(wish.For);
        var asOf = wish.AsOf is { } instant ? arguments.Add(instant) : null;
        var key = arguments.Add(wish.Key);
        List<string> where = [$"t.stream = {key}", .. TimelineSql.Filters(wish, "t", asOf, arguments)];
        if (wish.After is { } after)
        {
            where.Add(wish.ByOccurred
                ? $"(t.occurred_at, t.recorded_at, t.version) > ({arguments.Add(after.OccurredAt)}, {arguments.Add(after.RecordedAt)}, {arguments.Add(after.Version)})"
                : $"t.version > {arguments.Add(after.Version)}");
        }

        var amended = TimelineSql.Amended(wish, asOf);
        // What the reader may see of this stream is worked out once, and not for every row.
        return $"""
            with r as materialized (select {TimelineSql.Reader(sight)} from {kind.SightRows.Table} e where e.key = {key} and {sight.Visible})
            select t.version, t.occurred_at, t.recorded_at, {TimelineSql.Seen}, case when {amended} then t.amended_at end, case when {amended} then t.amended_by end, {TimelineSql.HidesFor(wish)}
              from r cross join crisis.timeline t {TimelineSql.Superseded(wish)}
             where {string.Join(" and ", where)}
             order by {wish.Ordered(wish.ByOccurred ? "t.occurred_at, t.recorded_at, t.version" : "t.version")}
             limit {wish.Limit}
            """;
    }

    private static byte[] Amended(byte[] json, string key, DateTimeOffset at, long by) =>
        [.. json.AsSpan(0, json.Length - 1), .. Encoding.UTF8.GetBytes($",\"amendedAt\":\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.FFFFFFZ}\",\"amendedBy\":\"{key}@{by}\"}}")];
}
