using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>A place in the queue: the part of the order, and the values within it. The clock stands still from page to page.</summary>
/// <param name="Now">The instant the first page was made for; shares of SLA are compared as of then.</param>
/// <param name="Share">What is left of the pressing clock, 1 to minus infinity.</param>
public sealed record QueuePlace(DateTimeOffset Now, int Part, double Share, DateTimeOffset RaisedAt, string Key);

/// <summary>
/// The queue in the order of domain §9.3: live danger, legal deadline under four hours, severity, share of SLA left, age. The share moves
/// with the clock, but among cases with the same span it orders like the due time: so each part is merged from one index scan for each
/// span in it, and a page reads no more rows than it shows for each.
/// </summary>
public sealed class QueueQuery(NpgsqlDataSource database, TimeProvider clock)
{
    private const int Severities = 4;

    /// <summary>Parts of the order, each by severity: live danger with a near legal deadline, other live danger, other near legal deadlines, the rest.</summary>
    private const int Parts = 4 * Severities;

    private const string Mark = "queue";

    public static string Cursor(QueuePlace place) =>
        Cursors.Write(Mark, place.Now.UtcTicks, place.Part, place.Share.ToString("R", CultureInfo.InvariantCulture), place.RaisedAt.UtcTicks, place.Key);

    public static QueuePlace? Place(string cursor) =>
        Cursors.Read(Mark, cursor, 5) is [var now, var part, var share, var raised, var key]
        && long.TryParse(now, CultureInfo.InvariantCulture, out var n) && int.TryParse(part, CultureInfo.InvariantCulture, out var p) && p is >= 0 and < Parts
        && double.TryParse(share, CultureInfo.InvariantCulture, out var s) && long.TryParse(raised, CultureInfo.InvariantCulture, out var r)
            ? new QueuePlace(new DateTimeOffset(n, TimeSpan.Zero), p, s, new DateTimeOffset(r, TimeSpan.Zero), key)
            : null;

    public async Task<JsonPage> Read(Caller caller, QueuePlace? after, int limit, CancellationToken cancellation)
    {
        var page = new JsonPage();
        var now = after?.Now ?? clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        QueuePlace? last = null;
        for (var part = after?.Part ?? 0; part < Parts && page.Next is null; part = NextPart(part))
        {
            await using var command = Command(connection, caller, now, part, after is { } place && place.Part == part ? place : null, limit + 1 - page.Count);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                if (page.Count == limit)
                {
                    page.Next = Cursor(last!);
                    break;
                }

                var severity = reader.GetInt16(3) - 1;
                last = new QueuePlace(now, (part / Severities * Severities) + severity, reader.GetDouble(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(0));
                page.Add(Row(reader, now), reader.GetString(9));
            }
        }

        return page;
    }

    /// <summary>Near legal deadlines are few: all their severities come in one query. The rest goes severity by severity.</summary>
    private static int NextPart(int part) => NearLegal(part) ? (part / Severities + 1) * Severities : part + 1;

    private static bool NearLegal(int part) => part / Severities % 2 == 0;

    private static NpgsqlCommand Command(NpgsqlConnection connection, Caller caller, DateTimeOffset now, int part, QueuePlace? after, int limit)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var at = arguments.Add(now);
        var horizon = arguments.Add(now + Queueing.LegalHorizon);
        var live = part < Parts / 2 ? "true" : "false";
        var severity = (part % Severities) + 1;
        var share = $"case when e.sla_span = 0 then 1e9::float8 else extract(epoch from (e.sla_due - {at}))::float8 / e.sla_span end";
        // Consulted functions and colleagues see the queue; partners see their receipts elsewhere.
        var mine = $"e.queued and e.live_danger = {live} and {sight.Visible} and {sight.Audience} < 3";
        var rest = after is null ? "" : $"and (e.severity, {share}, e.raised_at, e.key) > ({severity}, {arguments.Add(after.Share)}, {arguments.Add(after.RaisedAt)}, {arguments.Add(after.Key)})";
        const string columns = "e.key, e.raised_at, e.severity, e.live_danger, e.legal_due, e.sla_due, e.sla_span, e.sla_clock, e.card";
        var sql = NearLegal(part)
            ? $"select {columns}, {share} as rank from crisis.escalations e where {mine} and e.legal_due <= {horizon} {rest} order by severity, rank, raised_at, key limit {limit}"
            : $"""
              with recursive spans as (
                  (select sla_span from crisis.escalations where queued and live_danger = {live} and severity = {severity} order by sla_span limit 1)
                  union all
                  select (select sla_span from crisis.escalations where queued and live_danger = {live} and severity = {severity} and sla_span > s.sla_span order by sla_span limit 1)
                    from spans s where s.sla_span is not null)
              select q.* from spans s cross join lateral (
                  select {columns}, {share} as rank from crisis.escalations e
                   where {mine} and e.severity = {severity} and e.sla_span = s.sla_span and (e.legal_due is null or e.legal_due > {horizon}) {rest}
                   order by e.sla_due, e.raised_at, e.key limit {limit}) q
               where s.sla_span is not null order by q.rank, q.raised_at, q.key limit {limit}
              """;
        var command = new NpgsqlCommand($"select key, rank, raised_at, severity, live_danger, legal_due, sla_due, sla_span, sla_clock, card from ({sql}) page order by severity, rank, raised_at, key", connection);
        foreach (var value in arguments.Values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static string Row(NpgsqlDataReader reader, DateTimeOffset now)
    {
        var legal = reader.IsDBNull(5) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(5);
        var why = QueueReason.Of(
            (Severity)reader.GetInt16(3), reader.GetBoolean(4), legal, reader.GetFieldValue<DateTimeOffset>(6), reader.GetInt64(7), reader.GetString(8), reader.GetFieldValue<DateTimeOffset>(2), now);
        var card = reader.GetString(9);
        return $"{card.AsSpan(0, card.Length - 1)},\"why\":{JsonSerializer.Serialize(why, Json.Stored)}}}";
    }
}

/// <summary>Says in words why a case stands where it stands.</summary>
public static class QueueReason
{
    public static string Of(Severity severity, bool live, DateTimeOffset? legal, DateTimeOffset due, long span, string clock, DateTimeOffset raised, DateTimeOffset now)
    {
        List<string> parts = [];
        if (live)
        {
            parts.Add("threat to life or live content");
        }

        if (legal is { } deadline && deadline <= now + Queueing.LegalHorizon)
        {
            parts.Add(deadline > now ? $"legal deadline in {Span(deadline - now)}" : $"legal deadline missed by {Span(now - deadline)}");
        }

        parts.Add(severity.ToString());
        if (span > 0)
        {
            var left = (due - now).TotalSeconds / span;
            parts.Add(left >= 0 ? string.Create(CultureInfo.InvariantCulture, $"{left * 100:0} % of {clock} left") : $"{clock} overdue by {Span(now - due)}");
        }

        parts.Add($"open for {Span(now - raised)}");
        return string.Join("; ", parts);
    }

    private static string Span(TimeSpan span) => span.TotalDays >= 2 ? $"{(int)span.TotalDays} d" : span.TotalHours >= 1 ? $"{(int)span.TotalHours} h {span.Minutes} min" : $"{(int)span.TotalMinutes} min";
}
