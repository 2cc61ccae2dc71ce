using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// <c>GET /v1/sla-board</c>: how the clocks stand, counted by kind and by policy area, region or source, over the cases whose timers
/// this caller may see. Exercises and mistaken raises are no part of it.
/// </summary>
public sealed class SlaBoard : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/sla-board", Get);

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "groupBy");
        var groupBy = query.Text("groupBy") ?? "policyArea";
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (Groups(groupBy) is not { } groups)
        {
            return Problem.Validation("groupBy", "must be policyArea, region or source");
        }

        var now = clock.GetUtcNow();
        var arguments = new SqlArguments();
        // As on the list of deadlines: timers are no part of what executives and partners read of a case, and referrals are for Core.
        var sight = Sight.Sql("e", Callers.Of(http), arguments);
        string[] coreOnly = [Clock.Referral, LegalProfiles.AuthorityInformed];
        await using var command = database.Statement(
            $"""
            select g.name, c.kind,
                   count(*) filter (where c.result = 'Running' and c.warns_at > {arguments.Add(now)}),
                   count(*) filter (where c.result = 'Running' and c.warns_at <= {arguments.Add(now)}),
                   count(*) filter (where c.result = 'Paused'),
                   count(*) filter (where c.result = 'Met'),
                   count(*) filter (where c.result = 'MetInTimeLearnedLate'),
                   count(*) filter (where c.result = 'MetLate'),
                   count(*) filter (where c.result = 'Breached'),
                   sum(c.breaches)
              from crisis.clocks c join crisis.escalations e on e.key = c.stream cross join lateral ({groups}) g (name)
             where {sight.Visible} and {sight.Audience} <= {(int)Audience.CrossFunctional} and not e.exercise and e.state <> 'Voided'
               and ({sight.Audience} = {(int)Audience.Core} or c.clock_id <> all ({arguments.Add(coreOnly)}))
             group by g.name, c.kind order by g.name, c.kind
            """,
            arguments.Values);
        var counts = await Read(command, cancellation);
        var items = counts.GroupBy(c => c.Group, StringComparer.Ordinal).Select(group => new { Group = group.Key, Clocks = group.Select(c => c.Counts) });
        return Results.Text(JsonSerializer.Serialize(new { At = now, GroupBy = groupBy, Items = items }, Json.Stored), "application/json");
    }

    /// <summary>The groups of a case; one that lies in two regions counts in both, one that lies nowhere in the world.</summary>
    private static string? Groups(string groupBy) => groupBy switch
    {
        "policyArea" => "select e.policy_area",
        "source" => "select e.source",
        "region" => $"select unnest(case when e.regions = '{{}}' then array['{Regions.World}'] else e.regions end)",
        _ => null,
    };

    private static async Task<List<(string Group, ClockCounts Counts)>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        List<(string, ClockCounts)> counts = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            counts.Add((reader.GetString(0), new ClockCounts(
                reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9))));
        }

        return counts;
    }

    /// <param name="AtRisk">Running, and its warning has come.</param>
    /// <param name="Met">In time; <paramref name="MetLearnedLate"/> were in time too, and recorded after they had run out.</param>
    /// <param name="Breached">Ran out, and not met since.</param>
    /// <param name="Breaches">How often one ran out, those met since and those aimed anew included.</param>
    private sealed record ClockCounts(string Kind, long Running, long AtRisk, long Paused, long Met, long MetLearnedLate, long MetLate, long Breached, long Breaches);
}
