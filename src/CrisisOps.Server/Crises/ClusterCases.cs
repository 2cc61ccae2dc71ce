using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Crises;

/// <summary>What the cluster rule asks of the escalations of a region. Regions are matched by country: a report from a part of it counts.</summary>
public sealed class ClusterCases(NpgsqlDataSource database)
{
    private const string Counts = "e.regions_up @> array[$1::text] and e.exercise = $2 and e.state not in ('Rejected', 'Voided')";

    /// <summary>Cases raised within a window before or after an instant.</summary>
    public async Task<IReadOnlyList<ClusterCase>> Around(string country, bool exercise, DateTimeOffset instant, TimeSpan window, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"""
            select e.key, e.raised_at, e.severity = 1 and e.state <> 'Received', e.policy_area, e.state = 'Merged' from crisis.escalations e
             where {Counts} and e.raised_at between $3 and $4 order by e.raised_at limit 1000
            """,
            country, exercise, instant - window, instant + window);
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
    /// The crises that could hold one of these cases: whatever is open, and whatever was proposed since. What was merged holds nothing any more.
    /// </summary>
    public async Task<IReadOnlyList<string>> Holders(DateTimeOffset since, bool exercise, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select key from crisis.cards where kind = 'CR' and (open or opened_at >= $1) and exercise = $2 and state <> 'Merged' order by key", since, exercise);
        List<string> keys = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
