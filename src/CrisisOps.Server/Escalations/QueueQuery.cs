using System.Globalization;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>A place in the queue: the part of the order, and the values within it. The clock stands still from page to page.</summary>
/// <param name="Now">The instant the first page was made for; shares of SLA are compared as of then.</param>
/// <param name="Part">Live danger with a near legal deadline (0 to 3, by severity), other live danger (4 to 7), other near legal deadlines (8 to 11), the rest (12 to 15).</param>
/// <param name="Share">What is left of the pressing clock, 1 to minus infinity.</param>
public sealed record QueuePlace(DateTimeOffset Now, int Part, double Share, DateTimeOffset RaisedAt, string Key);

/// <summary>
/// The queue in the order of domain §9.3: live danger, legal deadline under four hours, severity, share of SLA left, age. The share moves
/// with the clock, but among cases with the same span it orders like the due time: so a part is merged from one index scan for each span and
/// scope of sight in it, and a page reads no more rows than it shows for each. Near legal deadlines are few and come in one query of their own.
/// </summary>
public sealed class QueueQuery(NpgsqlDataSource database, TimeProvider clock)
{
    private const int Parts = 16;
    private const string Mark = "queue";
    private const string Columns = "e.raised_at, e.legal_due, e.sla_due, e.sla_span, e.sla_clock, e.card";

    public static string Cursor(QueuePlace place) =>
        Cursors.Write(Mark, place.Now.UtcTicks, place.Part, place.Share.ToString("R", CultureInfo.InvariantCulture), place.RaisedAt.UtcTicks, place.Key);

    public static QueuePlace? Place(string cursor) =>
        Cursors.Read(Mark, cursor, 5) is [var now, var part, var share, var raised, var key]
        && long.TryParse(now, CultureInfo.InvariantCulture, out var n) && int.TryParse(part, CultureInfo.InvariantCulture, out var p) && p is >= 0 and < Parts
        && double.TryParse(share, CultureInfo.InvariantCulture, out var s) && long.TryParse(raised, CultureInfo.InvariantCulture, out var r)
            ? new QueuePlace(new DateTimeOffset(n, TimeSpan.Zero), p, s, new DateTimeOffset(r, TimeSpan.Zero), key)
            : null;

    /// <summary>Fills a page from a place on.</summary>
    public async Task<JsonPage> Read(Caller caller, QueuePlace? after, JsonPage page, int limit, CancellationToken cancellation)
    {
        var now = after?.Now ?? clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        List<QueueRow>? legal = null;
        QueueRow? last = null;
        int? from = after is null ? 0 : Normal(after.Part);
        while (page.Next is null && from is { } part)
        {
            await using var batch = connection.CreateBatch();
            if (legal is null)
            {
                Legal(batch, caller, now, after, limit + 1);
            }

            Part(batch, caller, now, part, after, limit + 1 - page.Count);
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            if (legal is null)
            {
                legal = [];
                await QueueRow.ReadAll(reader, near: true, legal, cancellation);
                await reader.NextResultAsync(cancellation);
            }

            List<QueueRow> rows = [];
            var found = await QueueRow.ReadAll(reader, near: false, rows, cancellation);
            // Near legal deadlines stand before the part, or wait for a later one.
            var before = found is { } there ? Global(there) : Parts;
            var first = legal.TakeWhile(row => row.Part < before).ToList();
            legal.RemoveRange(0, first.Count);
            rows.InsertRange(0, first);
            Fill(page, rows, limit, now, ref last);
            from = found + 1;
        }

        return page;
    }

    private static void Fill(JsonPage page, List<QueueRow> rows, int limit, DateTimeOffset now, ref QueueRow? last)
    {
        foreach (var row in rows)
        {
            if (page.Count == limit)
            {
                page.Next = Cursor(new QueuePlace(now, last!.Part, last.Share, last.RaisedAt, last.Key));
                return;
            }

            row.AddTo(page, now);
            last = row;
        }
    }

    /// <summary>The first part of <c>queue_places</c> that can hold something after a place.</summary>
    private static int Normal(int part) => part < 4 ? 0 : part < 8 ? part - 4 : part < 12 ? 4 : part - 8;

    /// <summary>A part of <c>queue_places</c> among all parts.</summary>
    internal static int Global(int part) => part < 4 ? part + 4 : part + 8;

    private static string Share(string at) => $"case when e.sla_span = 0 then 1e9::float8 else date_part('epoch', e.sla_due - {at}) / e.sla_span end";

    // Consulted functions and colleagues see the queue; partners see their receipts elsewhere.
    private static string Seen(Caller caller, SqlArguments arguments)
    {
        var sight = Sight.Sql("e", caller, arguments);
        return $"{sight.Visible} and {sight.Inside}";
    }

    private static void Legal(NpgsqlBatch batch, Caller caller, DateTimeOffset now, QueuePlace? after, int limit)
    {
        var arguments = new SqlArguments();
        var seen = Seen(caller, arguments);
        const string part = "case when e.live_danger then 0 else 8 end + e.severity - 1";
        var share = Share(arguments.Add(now));
        var rest = after is null ? "" : $"and ({part}, {share}, e.raised_at, e.key) > ({arguments.Add(after.Part)}::int, {arguments.Add(after.Share)}, {arguments.Add(after.RaisedAt)}, {arguments.Add(after.Key)})";
        batch.Append(
            $"""
            select {part} as part, {share} as rank, {Columns} from crisis.escalations e
             where e.queued and {seen} and e.legal_due <= {arguments.Add(now + Queueing.LegalHorizon)} {rest}
             order by part, rank, e.raised_at, e.key limit {limit}
            """,
            arguments.Values);
    }

    /// <summary>The first part from the given one on that holds anything in the caller's scopes, and its first rows in sight.</summary>
    private static void Part(NpgsqlBatch batch, Caller caller, DateTimeOffset now, int from, QueuePlace? after, int limit)
    {
        var arguments = new SqlArguments();
        var seen = Seen(caller, arguments);
        var at = arguments.Add(now);
        var filed = Sight.ScopesOf(caller);
        var (scopes, exact) = (arguments.Add(filed.Select(s => s.Name).ToArray()), arguments.Add(filed.Select(s => s.Exact).ToArray()));
        var share = Share(at);
        var rest = "";
        if (after is not null && after.Part == Global(from))
        {
            var (left, raised, key) = (arguments.Add(after.Share), arguments.Add(after.RaisedAt), arguments.Add(after.Key));
            // The index finds the due time that goes with the share; a little earlier, for what dividing rounds away.
            rest = $"and e.sla_due >= {at} + make_interval(secs => {left} * c.span - 0.001) and ({share}, e.raised_at, e.key) > ({left}, {raised}, {key})";
        }

        batch.Append(
            $"""
            with recursive first as (
                select min(f.part) as part from unnest({scopes}) s (scope) cross join lateral (
                    select part from crisis.queue_places where scope = s.scope and part >= {arguments.Add((short)from)} order by part limit 1) f),
            spans (scope, exact, span) as (
                select s.scope, s.exact, f.sla_span from first cross join unnest({scopes}, {exact}) s (scope, exact) cross join lateral (
                    select sla_span from crisis.queue_places where scope = s.scope and part = first.part order by sla_span limit 1) f
                union all
                select c.scope, c.exact, n.sla_span from spans c cross join first cross join lateral (
                    select sla_span from crisis.queue_places where scope = c.scope and part = first.part and sla_span > c.span order by sla_span limit 1) n)
            select first.part::int, page.rank, page.raised_at, page.legal_due, page.sla_due, page.sla_span, page.sla_clock, page.card from first left join lateral (
                select distinct on (rank, raised_at, key) found.*
                  from spans c cross join lateral (
                      select {share} as rank, e.key, {Columns} from crisis.queue_places e
                       where e.scope = c.scope and e.part = first.part and e.sla_span = c.span
                         and (c.exact or {seen}) and (e.legal_due is null or e.legal_due > {arguments.Add(now + Queueing.LegalHorizon)}) {rest}
                       order by e.sla_due, e.raised_at, e.key limit {limit}) found
                 order by rank, raised_at, key limit {limit}) page on true
             where first.part is not null
             order by page.rank, page.raised_at, page.key
            """,
            arguments.Values);
    }
}
