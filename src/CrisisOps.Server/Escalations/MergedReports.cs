using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>A report that was folded into another case, with the reports it had itself.</summary>
public sealed record MergedReport(string Key, int ReportCount);

/// <summary>Carried report counts: read from the merged cases, so that an unmerge gives them back and no event of the target is needed.</summary>
public sealed class MergedReports(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<MergedReport>> Into(string key, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            with recursive folded as (
                select key, report_count from crisis.escalations where merged_into = $1
                union
                select e.key, e.report_count from crisis.escalations e join folded f on e.merged_into = f.key)
            select key, report_count from folded order by key limit 1000
            """,
            key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<MergedReport> reports = [];
        while (await reader.ReadAsync(cancellation))
        {
            reports.Add(new MergedReport(reader.GetString(0), reader.GetInt32(1)));
        }

        return reports;
    }
}
