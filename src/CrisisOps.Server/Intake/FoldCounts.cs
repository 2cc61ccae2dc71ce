using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>How many alerts each case has, and how many its timeline was told of.</summary>
public sealed class FoldCounts(NpgsqlDataSource database, SourceBook sources)
{
    /// <summary>What is untold of these cases, in the words of <see cref="FoldReports"/>: all of each, as totals.</summary>
    public async Task<Dictionary<string, List<FoldedReports>>> Untold(string[] escalations, CancellationToken cancellation)
    {
        Dictionary<string, List<FoldedReports>> untold = new(StringComparer.Ordinal);
        await using var command = database.Statement(
            "select escalation, source, reason, n, worst, threat, matched from crisis.alert_counts where untold and escalation = any ($1) order by escalation, source, reason", (object)escalations);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var source = reader.GetString(1);
            Severity? worst = await reader.IsDBNullAsync(4, cancellation) ? null : (Severity)reader.GetInt16(4);
            (untold.TryGetValue(reader.GetString(0), out var folded) ? folded : untold[reader.GetString(0)] = []).Add(new FoldedReports(
                source, (await sources.Find(source, cancellation))?.Source.Name ?? source, Enum.Parse<FoldReason>(reader.GetString(2)), reader.GetInt64(3), worst, reader.GetBoolean(5),
                await reader.IsDBNullAsync(6, cancellation) ? null : reader.GetString(6)));
        }

        return untold;
    }

    public async Task Told(IEnumerable<KeyValuePair<string, List<FoldedReports>>> told, CancellationToken cancellation)
    {
        var rows = told.SelectMany(t => t.Value.Select(f => (Escalation: t.Key, f.Source, Reason: f.Reason.ToString(), f.Total))).ToArray();
        await using var command = database.Statement(
            """
            update crisis.alert_counts c set told = greatest(c.told, u.n), untold = c.n > greatest(c.told, u.n)
              from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as u (escalation, source, reason, n)
             where c.escalation = u.escalation and c.source = u.source and c.reason = u.reason
            """,
            rows.Select(r => r.Escalation).ToArray(), rows.Select(r => r.Source).ToArray(), rows.Select(r => r.Reason).ToArray(), rows.Select(r => r.Total).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Cases with something untold, and how much each was told.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Forgotten(CancellationToken cancellation)
    {
        await using var command = database.Statement("select escalation, sum(told)::bigint from crisis.alert_counts where untold group by escalation limit 1000");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, long> told = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            told[reader.GetString(0)] = reader.GetInt64(1);
        }

        return told;
    }
}
