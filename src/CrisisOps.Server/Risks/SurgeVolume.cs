using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Risks;

/// <summary>A series that is worth a look: what was counted, and its newest surge.</summary>
/// <param name="Signal">The signal of that surge.</param>
public sealed record WatchedSeries(SurgeSeries Series, SurgeCounts Counts, SurgeSpan? Last, string? Signal);

/// <summary>What the surge rule is told: one query finds the series with enough reports or a surge that runs, and only of these more is read.</summary>
public sealed class SurgeVolume(NpgsqlDataSource database, Rules rules)
{
    private const string Id = "policy_area || '/' || region || '/' || source";

    /// <summary>The windows before the first minute that the rule looks at: the one before decides whether it is quiet.</summary>
    private static readonly TimeSpan _before = SurgeRule.Window * SurgeRule.QuietWindows;

    /// <param name="after">Minutes after this one are judged.</param>
    /// <param name="since">Since when anything is counted.</param>
    public async Task<IReadOnlyList<WatchedSeries>> Between(DateTimeOffset after, DateTimeOffset upto, DateTimeOffset since, CancellationToken cancellation)
    {
        var last = await Suspects(after, upto, cancellation);
        if (last.Count == 0)
        {
            return [];
        }

        var (from, ids) = (after - _before, last.Keys.ToArray());
        var minutes = await Minutes(ids, from, upto, cancellation);
        var hours = await Hours(ids, from, upto, cancellation);
        return
        [
            .. last.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new WatchedSeries(
                SeriesOf(s.Key), new SurgeCounts(from, minutes[s.Key], hours.GetValueOrDefault(s.Key) ?? [], since), s.Value.Span, s.Value.Signal)),
        ];
    }

    /// <summary>The newest minute in which anything was reported, and how much; null when nothing ever was.</summary>
    public async Task<(DateTimeOffset Minute, long Reports)?> Newest(CancellationToken cancellation)
    {
        await using var command = database.Statement("select minute, sum(n)::bigint from crisis.intake_volume where minute = (select minute from crisis.intake_volume order by minute desc limit 1) group by minute");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1)) : null;
    }

    private async Task<Dictionary<string, (SurgeSpan? Span, string? Signal)>> Suspects(DateTimeOffset after, DateTimeOffset upto, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"""
            with w as (
                select {Id} as series from crisis.intake_volume where minute >= $1 and minute < $2 group by policy_area, region, source having sum(n) >= $3
                union
                select series from crisis.surges where cleared_at is null)
            select w.series, s.signal, s.began_at, s.cleared_at from w left join crisis.surges s on s.series = w.series
            """,
            after - SurgeRule.Window, upto, rules.Risks.Surge.Minimum);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, (SurgeSpan?, string?)> suspects = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            suspects[reader.GetString(0)] = reader.IsDBNull(1)
                ? (null, null)
                : (new SurgeSpan(reader.GetFieldValue<DateTimeOffset>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3)), reader.GetString(1));
        }

        return suspects;
    }

    private async Task<Dictionary<string, long[]>> Minutes(string[] ids, DateTimeOffset from, DateTimeOffset upto, CancellationToken cancellation)
    {
        var minutes = ids.ToDictionary(id => id, _ => new long[(int)(upto - from).TotalMinutes], StringComparer.Ordinal);
        await using var command = database.Statement(
            $"select {Id}, minute, sum(n)::bigint from crisis.intake_volume where minute >= $2 and minute < $3 and {Id} = any ($1) group by policy_area, region, source, minute", ids, from, upto);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            minutes[reader.GetString(0)][(int)(reader.GetFieldValue<DateTimeOffset>(1) - from).TotalMinutes] = reader.GetInt64(2);
        }

        return minutes;
    }

    /// <summary>What has not been rolled up yet counts too, so that nothing depends on when that happens.</summary>
    private async Task<Dictionary<string, Dictionary<DateTimeOffset, long>>> Hours(string[] ids, DateTimeOffset from, DateTimeOffset upto, CancellationToken cancellation)
    {
        DateTimeOffset[] hours = [.. SurgeCounts.HoursFor(from, upto)];
        await using var command = database.Statement(
            $"""
            select series, hour, sum(n)::bigint from (
                select {Id} as series, hour, n from crisis.intake_hours where hour = any ($2) and {Id} = any ($1)
                union all
                select {Id}, date_trunc('hour', minute, 'UTC'), n from crisis.intake_volume
                 where minute >= $3 and minute < $4 and date_trunc('hour', minute, 'UTC') = any ($2) and {Id} = any ($1)) v
             group by series, hour
            """,
            ids, hours, hours.Min(), hours.Max().AddHours(1));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, Dictionary<DateTimeOffset, long>> counted = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            var series = reader.GetString(0);
            if (!counted.TryGetValue(series, out var own))
            {
                counted[series] = own = [];
            }

            own[reader.GetFieldValue<DateTimeOffset>(1)] = reader.GetInt64(2);
        }

        return counted;
    }

    private static SurgeSeries SeriesOf(string id) =>
        id.Split('/') is [var area, var region, var source]
            ? new SurgeSeries(Enum.Parse<PolicyArea>(area), region, Enum.Parse<Source>(source))
            : throw new FormatException($"'{id}' is no series of reports.");
}
