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
/// <param name="Share">What is left of the pressing clock: microseconds for each second of its span.</param>
/// <param name="RaisedAt">Microseconds since 1970.</param>
public sealed record QueuePlace(DateTimeOffset Now, int Part, double Share, long RaisedAt, string Key)
{
    /// <summary>As <c>crisis.queue_part</c>: the part without a near legal deadline.</summary>
    public static int PartOf(Escalation state) => (Queueing.LiveDanger(state) ? 4 : 12) + (int)state.EffectiveSeverity - 1;
}

/// <summary>
/// The queue in the order of domain §9.3: live danger, legal deadline under four hours, severity, share of SLA left, age. The share moves
/// with the clock, but among cases with the same span it orders like the due time: so a part is merged from one index scan for each span and
/// scope of sight in it, and a page reads no more rows than it shows for each. Near legal deadlines are few and are looked for beside them.
/// </summary>
public sealed class QueueQuery(NpgsqlDataSource database, QueueFronts fronts, TimeProvider clock)
{
    private const int Parts = 16;
    public const string Mark = "queue";

    // Microseconds for each second of a span: more is no place that we gave, and no number that PostgreSQL could take apart.
    private const double MostShare = 1e12;

    public static string Cursor(string mark, QueuePlace place) =>
        Cursors.Write(mark, place.Now.UtcTicks, place.Part, place.Share.ToString("R", CultureInfo.InvariantCulture), place.RaisedAt, place.Key);

    public static QueuePlace? Place(string mark, string cursor) =>
        Cursors.Read(mark, cursor, 5) is [var now, var part, var share, var raised, var key]
        && long.TryParse(now, CultureInfo.InvariantCulture, out var n) && n >= 0 && n <= (DateTimeOffset.MaxValue - Queueing.LegalHorizon).Ticks && int.TryParse(part, CultureInfo.InvariantCulture, out var p) && p is >= 0 and < Parts
        && double.TryParse(share, CultureInfo.InvariantCulture, out var s) && Math.Abs(s) <= MostShare && long.TryParse(raised, CultureInfo.InvariantCulture, out var r)
            ? new QueuePlace(new DateTimeOffset(n, TimeSpan.Zero), p, s, r, key)
            : null;

    /// <summary>Fills a page from a place on.</summary>
    public async Task<JsonPage> Read(Caller caller, QueuePlace? after, JsonPage page, int limit, CancellationToken cancellation)
    {
        var now = after?.Now ?? clock.GetUtcNow();
        var front = after is null ? await First(caller, now, limit, cancellation) : await Rows(caller, now, after, limit, cancellation);
        var rows = front.At(now);
        for (var number = 0; number < rows.Count && number < limit; number++)
        {
            rows[number].AddTo(page, now);
        }

        page.Next = rows.Count > limit ? Cursor(Mark, rows[limit - 1].Place(now)) : null;
        return page;
    }

    /// <summary>The first rows, which are read only if anything in the queue moved since the same token asked.</summary>
    private async Task<QueueFront> First(Caller caller, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var (known, snapshot, nextNear) = await fronts.Of(caller, limit, now, cancellation);
        if (known is not null)
        {
            return known;
        }

        // The snapshot is older than the rows: what moved between the two is read again once more than needed, never once less.
        var front = await Rows(caller, now, null, limit, cancellation) with { Snapshot = snapshot, NextNear = nextNear };
        fronts.Keep(caller, front);
        return front;
    }

    /// <summary>The near legal deadlines, and part after part until the page is full.</summary>
    private async Task<QueueFront> Rows(Caller caller, DateTimeOffset now, QueuePlace? after, int limit, CancellationToken cancellation)
    {
        List<QueueRow>? near = null;
        List<QueueRow> rows = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        int? from = after?.Part ?? 0;
        while (from is { } part && keys.Count <= limit)
        {
            await using var command = Command(caller, now, part, after, limit + 1 - keys.Count, withLegal: near is null);
            var (legal, more, found) = await QueueRow.ReadAll(command, QueueRow.Micros(now), QueueRow.Micros(now + Queueing.LegalHorizon), cancellation);
            near ??= legal;
            rows.AddRange(more);
            // A case that is filed under two scopes comes twice.
            keys.UnionWith(more.Select(row => row.Key));
            keys.UnionWith(near.Where(row => row.Part < found).Select(row => row.Key));
            from = found + 1;
        }

        return new QueueFront(limit, now, near ?? [], rows);
    }

    /// <summary>The first part from the given one on that holds anything in the caller's scopes, and its first rows in sight; before them the near legal deadlines.</summary>
    private NpgsqlCommand Command(Caller caller, DateTimeOffset now, int from, QueuePlace? after, int limit, bool withLegal)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        // Consulted functions and colleagues see the queue; partners see their receipts elsewhere.
        var seen = $"{sight.Visible} and {sight.Inside}";
        var at = arguments.Add(QueueRow.Micros(now));
        var horizon = arguments.Add(now + Queueing.LegalHorizon);
        var filed = Sight.ScopesOf(caller);
        var (scopes, exact) = (arguments.Add(filed.Select(s => s.Name).ToArray()), arguments.Add(filed.Select(s => s.Exact).ToArray()));
        var rest = after is null ? "" : After(after, at, arguments);
        var legal = withLegal ? $"({Legal(seen, at, horizon, after, limit, arguments)}) union all" : "";
        return database.Statement(
            $"""
            with recursive spans (scope, exact, part, span) as (
                select s.scope, s.exact, f.part, f.sla_span from unnest({scopes}, {exact}) s (scope, exact) cross join lateral (
                    select part, sla_span from crisis.queue_places where scope = s.scope and part >= {arguments.Add((short)from)} order by part, sla_span limit 1) f
                union all
                select c.scope, c.exact, c.part, n.sla_span from spans c cross join lateral (
                    select sla_span from crisis.queue_places where scope = c.scope and part = c.part and sla_span > c.span order by sla_span limit 1) n)
            {legal}
            select coalesce(page.face, c.part || ' ') from spans c left join lateral (
                select e.face from crisis.queue_places e
                 where e.scope = c.scope and e.part = c.part and e.sla_span = c.span
                   and (c.exact or {seen}) and (e.legal_due is null or e.legal_due > {horizon}) {rest}
                 order by e.due, e.raised_at, e.key limit {limit}) page on true
             where c.part = (select min(part) from spans)
            """,
            arguments.Values);
    }

    /// <summary>The rest of the part of a place; any other part is read from its start. The index finds the due time that goes with the share; a little earlier, for what dividing rounds away.</summary>
    private static string After(QueuePlace after, string at, SqlArguments arguments)
    {
        var (other, left, raised, key) = ($"c.part <> {arguments.Add((short)after.Part)}", arguments.Add(after.Share), arguments.Add(after.RaisedAt), arguments.Add(after.Key));
        return $"""
            and e.due >= case when {other} or c.span = 0 then 0 else {at} + floor({left} * c.span)::bigint - 1000 end
            and ({other} or ({Share("e.due", at)}, crisis.micros(e.raised_at), e.key) > ({left}, {raised}, {key}))
            """;
    }

    private static string Legal(string seen, string at, string horizon, QueuePlace? after, int limit, SqlArguments arguments)
    {
        var part = $"crisis.queue_part(e) - {QueueRow.Nearer}";
        var share = Share("crisis.micros(e.sla_due)", at);
        var rest = after is null ? "" : $"and ({part}, {share}, crisis.micros(e.raised_at), e.key) > ({arguments.Add(after.Part)}::int, {arguments.Add(after.Share)}, {arguments.Add(after.RaisedAt)}, {arguments.Add(after.Key)})";
        return $"""
            select crisis.queue_face(e) from crisis.escalations e
             where e.queued and {seen} and e.legal_due <= {horizon} {rest}
             order by {part}, {share}, e.raised_at, e.key limit {limit}
            """;
    }

    /// <summary>As <see cref="QueueRow"/> counts it, so that a place means the same here and there.</summary>
    private static string Share(string due, string at) => $"case when e.sla_span = 0 then 1e9::float8 else ({due} - {at})::float8 / e.sla_span end";
}
