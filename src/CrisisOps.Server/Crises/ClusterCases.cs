using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Crises;

/// <summary>What the cluster rule asks of the escalations of a region. Regions are matched by country: a report from a part of it counts.</summary>
public sealed class ClusterCases(NpgsqlDataSource database)
{
    private const string Counts = "e.regions_up @> array[$1::text] and e.exercise = $2 and e.state not in ('Rejected', 'Voided')";

    /// <summary>
    /// The countries of a case in which somebody confirmed a SEV1 within a window before or after it: nowhere else can it belong to a
    /// cluster, so of most cases nothing more is asked, however many are raised.
    /// </summary>
    public async Task<IReadOnlyList<(string Country, bool Exercise, DateTimeOffset RaisedAt)>> Suspects(string key, TimeSpan window, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select c.country, m.exercise, m.raised_at
              from crisis.escalations m cross join lateral (select distinct split_part(r, '-', 1) as country from unnest(m.regions) r where r <> '001') c
             where m.key = $1 and m.state not in ('Rejected', 'Voided') and exists (
                select 1 from crisis.escalations e
                 where e.severity = 1 and e.state not in ('Received', 'Rejected', 'Voided') and e.regions_up @> array[c.country] and e.exercise = m.exercise
                   and e.raised_at between m.raised_at - $2 and m.raised_at + $2)
            """,
            key, window);
        List<(string, bool, DateTimeOffset)> suspects = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            suspects.Add((reader.GetString(0), reader.GetBoolean(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return suspects;
    }

    /// <summary>Cases raised within a window before or after an instant, in a flood the nearest.</summary>
    public async Task<IReadOnlyList<ClusterCase>> Around(string country, bool exercise, DateTimeOffset instant, TimeSpan window, CancellationToken cancellation)
    {
        const string columns = "e.key, e.raised_at, e.severity = 1 and e.state <> 'Received', e.policy_area, e.state = 'Merged'";
        await using var command = database.Statement(
            $"""
            (select {columns} from crisis.escalations e where {Counts} and e.raised_at between $3 and $5 order by e.raised_at desc limit 500)
            union all
            (select {columns} from crisis.escalations e where {Counts} and e.raised_at > $5 and e.raised_at <= $4 order by e.raised_at limit 500)
            """,
            country, exercise, instant - window, instant + window, instant);
        List<ClusterCase> cases = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            cases.Add(new ClusterCase(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2), Enum.Parse<PolicyArea>(reader.GetString(3)), reader.GetBoolean(4)));
        }

        return cases;
    }

    /// <summary>How many cases a country has in one window as a rule: the mean of the days before; 0 while there is no past.</summary>
    public async Task<double> Usual(string country, bool exercise, DateTimeOffset before, ClusterRule rule, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"select count(*) from crisis.escalations e where {Counts} and e.raised_at >= $3 and e.raised_at < $4", country, exercise, before - TimeSpan.FromDays(rule.BaselineDays), before);
        return (long)(await command.ExecuteScalarAsync(cancellation))! * (rule.Window / TimeSpan.FromDays(rule.BaselineDays));
    }

    /// <summary>
    /// The crises that hold some of these cases or did: those they are linked to, and proposals of the time, whatever became of them. What
    /// was merged holds nothing any more.
    /// </summary>
    /// <param name="open">Asked about in any case.</param>
    public async Task<IReadOnlyList<string>> Holders(IReadOnlyList<ClusterCase> near, string? open, bool exercise, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select c.key from crisis.cards c
             where c.kind = 'CR' and c.exercise = $1 and c.state <> 'Merged'
               and (c.key = $2 or c.state = 'Proposed' or c.state in ('Rejected', 'Annulled') and c.opened_at >= $3 - interval '1 day'
                    or exists (select 1 from crisis.places p where p.timeline = c.key and p.stream = any ($4) and p.version = 1))
             order by c.key
            """,
            exercise, open ?? "", near.Min(c => c.RaisedAt), near.Select(c => c.Key).ToArray());
        List<string> keys = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
