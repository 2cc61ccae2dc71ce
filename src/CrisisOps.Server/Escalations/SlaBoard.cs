using System.Collections.Immutable;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// <c>GET /v1/sla-board</c>: how the clocks stand, or stood, counted by kind and by policy area, region or source, over the cases whose timers
/// this caller may see. Exercises and mistaken raises are no part of it.
/// </summary>
public sealed class SlaBoard : IRoutes
{
    /// <summary>Clocks of referrals, which are for Core.</summary>
    internal static readonly string[] CoreOnly = [Clock.Referral, LegalProfiles.AuthorityInformed];

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/sla-board", Get);

    private static async Task<IResult> Get(HttpContext http, NpgsqlDataSource database, SlaBoardThen board, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "groupBy", Past.AsOfName, Past.ClockName);
        var (groupBy, past) = (query.OneOf("groupBy", "policyArea", "region", "source"), Past.Of(query));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var (at, caller) = (past?.At(clock) ?? clock.GetUtcNow(), Callers.Of(http));
        var counts = await Standing(database, groupBy, past, at, caller, cancellation);
        if (past is not null)
        {
            counts.AddRange(await board.Moved(past, state => Groups(groupBy, state), at, caller, cancellation));
        }

        var items =
            from count in counts
            group count.Counts by count.Group into clocks
            orderby clocks.Key
            select new { Group = clocks.Key, Clocks = clocks.GroupBy(c => c.Kind, (_, same) => same.Aggregate(ClockCounts.Sum)).OrderBy(c => c.Kind, StringComparer.Ordinal) };
        return Results.Text(JsonSerializer.Serialize(new { At = at, GroupBy = groupBy, Items = items }, Json.Stored), "application/json");
    }

    /// <summary>Counted from the rows: of all cases, or of those that have not moved since the instant.</summary>
    private static async Task<List<(string Group, ClockCounts Counts)>> Standing(
        NpgsqlDataSource database, string groupBy, Past? past, DateTimeOffset at, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        // As on the list of deadlines: timers are no part of what executives and partners read of a case, and referrals are for Core.
        var sight = Sight.Sql("e", caller, arguments);
        var instant = arguments.Add(at);
        var unmoved = past is null ? "" : $"and exists (select 1 from crisis.mt_streams s where s.id = e.key and s.timestamp <= {instant})";
        await using var command = database.Statement(
            $"""
            select g.name, c.kind,
                   count(*) filter (where r.result = 'Running' and c.warns_at > {instant}),
                   count(*) filter (where r.result = 'Running' and c.warns_at <= {instant}),
                   count(*) filter (where r.result = 'Paused'),
                   count(*) filter (where r.result = 'Met'),
                   count(*) filter (where r.result = 'MetInTimeLearnedLate'),
                   count(*) filter (where r.result = 'MetLate'),
                   count(*) filter (where r.result = 'Breached'),
                   sum(c.breaches)
              from crisis.clocks c join crisis.escalations e on e.key = c.stream cross join lateral ({GroupsSql(groupBy)}) g (name)
                   -- a crisis may have met it since, without the case having moved
             cross join lateral (select case when c.met_at > {instant} then 'Running' else c.result end) r (result)
             where {sight.Visible} and {sight.Audience} <= {(int)Audience.CrossFunctional} and not e.exercise and e.state <> 'Voided' {unmoved}
               and ({sight.Audience} = {(int)Audience.Core} or c.clock_id <> all ({arguments.Add(CoreOnly)}))
             group by g.name, c.kind
            """,
            arguments.Values);
        List<(string, ClockCounts)> counts = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            counts.Add((reader.GetString(0), new ClockCounts(
                reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9))));
        }

        return counts;
    }

    /// <summary>The groups of a case; one that lies in two regions counts in both, one that lies nowhere in the world.</summary>
    private static ImmutableList<string> Groups(string groupBy, Escalation state) => groupBy switch
    {
        "policyArea" => [state.PolicyArea.ToString()],
        "source" => [state.Source.ToString()],
        _ => state.Regions.IsEmpty ? [Regions.World] : state.Regions,
    };

    private static string GroupsSql(string groupBy) => groupBy switch
    {
        "policyArea" => "select e.policy_area",
        "source" => "select e.source",
        _ => $"select unnest(case when e.regions = '{{}}' then array['{Regions.World}'] else e.regions end)",
    };
}
