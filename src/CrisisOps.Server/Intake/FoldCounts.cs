using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>What was folded into a case and its timeline was not told of yet.</summary>
/// <param name="Reports">In the words of <see cref="FoldReports"/>: totals, with what was told before.</param>
/// <param name="Ids">The rows of <c>crisis.alert_folds</c> in which it stands.</param>
public sealed record UntoldReports(IReadOnlyList<FoldedReports> Reports, IReadOnlyList<long> Ids);

/// <summary>How many alerts each case has, and how many its timeline was told of.</summary>
public sealed class FoldCounts(NpgsqlDataSource database, SourceBook sources)
{
    public async Task<Dictionary<string, UntoldReports>> Untold(string[] escalations, CancellationToken cancellation)
    {
        Dictionary<string, (List<FoldedReports> Reports, List<long> Ids)> untold = new(StringComparer.Ordinal);
        await using var command = database.Statement(
            """
            with f as materialized (
                select escalation, source, reason, sum(n)::bigint as n, min(worst) as worst, bool_or(threat) as threat, (array_agg(matched order by id desc))[1] as matched, array_agg(id) as ids
                  from crisis.alert_folds where escalation = any ($1) group by 1, 2, 3)
            select f.escalation, f.source, f.reason, f.n + coalesce(c.n, 0), least(f.worst, c.worst), f.threat or coalesce(c.threat, false), f.matched, f.ids
              from f left join crisis.alert_counts c on c.escalation = f.escalation and c.source = f.source and c.reason = f.reason
             order by f.escalation, f.source, f.reason
            """,
            (object)escalations);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var source = reader.GetString(1);
            Severity? worst = await reader.IsDBNullAsync(4, cancellation) ? null : (Severity)reader.GetInt16(4);
            var (reports, ids) = untold.TryGetValue(reader.GetString(0), out var folded) ? folded : untold[reader.GetString(0)] = ([], []);
            reports.Add(new FoldedReports(
                source, (await sources.Find(source, cancellation))?.Source.Name ?? source, Enum.Parse<FoldReason>(reader.GetString(2)), reader.GetInt64(3), worst, reader.GetBoolean(5),
                await reader.IsDBNullAsync(6, cancellation) ? null : reader.GetString(6)));
            ids.AddRange(reader.GetFieldValue<long[]>(7));
        }

        return untold.ToDictionary(u => u.Key, u => new UntoldReports(u.Value.Reports, u.Value.Ids), StringComparer.Ordinal);
    }

    /// <summary>Moves what was told to the counts. What another node has told and moved meanwhile is not there any more, and not counted twice.</summary>
    public async Task Told(IEnumerable<KeyValuePair<string, UntoldReports>> told, CancellationToken cancellation)
    {
        var rows = told.SelectMany(t => t.Value.Ids.Select(id => (Escalation: t.Key, Id: id))).ToArray();
        await using var command = database.Statement(
            """
            with gone as (
                delete from crisis.alert_folds f using unnest($1::text[], $2::bigint[]) as u (escalation, id) where f.escalation = u.escalation and f.id = u.id
                returning f.escalation, f.source, f.reason, f.n, f.worst, f.threat, f.matched, f.id)
            insert into crisis.alert_counts as c (escalation, source, reason, n, worst, threat, matched)
            select escalation, source, reason, sum(n), min(worst), bool_or(threat), (array_agg(matched order by id desc))[1] from gone group by 1, 2, 3 order by 1, 2, 3
                on conflict (escalation, source, reason) do update
               set n = c.n + excluded.n, worst = least(c.worst, excluded.worst), threat = c.threat or excluded.threat, matched = excluded.matched
            """,
            rows.Select(r => r.Escalation).ToArray(), rows.Select(r => r.Id).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Cases with something untold, at most so many, and the oldest of it: while that stays, nobody tells it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Untold(int most, CancellationToken cancellation)
    {
        await using var command = database.Statement("select escalation, min(id) from crisis.alert_folds group by escalation order by escalation limit $1", most);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, long> oldest = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            oldest[reader.GetString(0)] = reader.GetInt64(1);
        }

        return oldest;
    }
}
