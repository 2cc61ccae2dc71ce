using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// The timeline of a crisis or an election with the streams linked to it. Its entries stand in <c>crisis.places</c> in each order, so a page
/// is one index scan; each is read with the rights that its reader has on its own stream.
/// </summary>
public static class GatheredTimeline
{
    public static string Sql(StreamKind kind, TimelineWish wish, Caller caller, SqlArguments arguments)
    {
        var sight = Sight.Sql("e", SightRows.All, caller, arguments).For(wish.For);
        var own = Sight.Sql("g", kind.SightRows, caller, arguments);
        var asOf = wish.AsOf is { } instant ? arguments.Add(instant) : null;
        var key = arguments.Add(wish.Key);
        List<string> where =
        [
            $"p.timeline = {key}",
            $"exists (select 1 from {kind.SightRows.Table} g where g.key = {key} and {own.Visible})",
            .. TimelineSql.Filters(wish, "p", asOf, arguments),
        ];
        if (wish.Live)
        {
            where.Add("p.xid < h.xid");
        }

        if (wish.After is { } after)
        {
            where.Add($"({Order(wish)}) > ({After(wish, after, arguments)})");
        }

        var amended = TimelineSql.Amended(wish, asOf);
        return $"""
            with h as materialized (select crisis.horizon() as xid)
            select p.version, p.occurred_at, p.recorded_at, {TimelineSql.Seen}, case when {amended} then t.amended_at end, case when {amended} then t.amended_by end,
                   {TimelineSql.HidesFor(wish)}, p.stream, p.xid::text, p.xid < h.xid
              from h cross join crisis.places p
              join crisis.timeline t on t.stream = p.stream and t.version = p.version {TimelineSql.Superseded(wish)}
             cross join lateral (select {TimelineSql.Reader(sight)} from crisis.sights e where e.key = p.stream and {sight.Visible} offset 0) r
             where {string.Join(" and ", where)}
             order by {wish.Ordered(Order(wish))}
             limit {wish.Limit}
            """;
    }

    private static string Order(TimelineWish wish) => wish switch
    {
        { Live: true } => "p.xid, p.recorded_at, p.stream, p.version",
        { ByOccurred: true } => "p.occurred_at, p.recorded_at, p.stream, p.version",
        _ => "p.recorded_at, p.stream, p.version",
    };

    private static string After(TimelineWish wish, TimelinePlace after, SqlArguments arguments)
    {
        var rest = $"{arguments.Add(after.RecordedAt)}, {arguments.Add(after.Stream)}, {arguments.Add(after.Version)}";
        return wish switch
        {
            { Live: true } => $"{TimelineSql.Xid(after.Xid, arguments)}, {rest}",
            { ByOccurred: true } => $"{arguments.Add(after.OccurredAt)}, {rest}",
            _ => rest,
        };
    }
}
