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
/// this caller may see; as they stand, or as they stood. Exercises and mistaken raises are no part of it.
/// </summary>
public sealed class SlaBoard(NpgsqlDataSource database, PastClocks pasts, TimeProvider clock) : IRoutes
{
    // Referrals are for Core.
    private static readonly string[] _coreOnly = [Clock.Referral, LegalProfiles.AuthorityInformed];

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/sla-board", (HttpContext http, SlaBoard board) => board.Get(http));

    private async Task<IResult> Get(HttpContext http)
    {
        var query = new Queries(http, "groupBy", Past.AsOfName, Past.ClockName);
        var past = Past.Of(query);
        var groupBy = query.Text("groupBy") ?? "policyArea";
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (Groups(groupBy) is not { } groups)
        {
            return Problem.Validation("groupBy", "must be policyArea, region or source");
        }

        var (now, caller) = (past?.At(clock) ?? clock.GetUtcNow(), Callers.Of(http));
        var counts = await Rows(groups, past is not null, now, caller, http.RequestAborted);
        if (past is not null)
        {
            await foreach (var (then, audience) in pasts.Moved(caller, past, now, http.RequestAborted))
            {
                counts.AddRange(Of(then, audience, groupBy, now));
            }
        }

        var items = counts.GroupBy(c => c.Group, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new
        {
            Group = group.Key,
            Clocks = group.Select(c => c.Counts).GroupBy(c => c.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => kind.Aggregate(ClockCounts.Sum)),
        });
        return Results.Text(JsonSerializer.Serialize(new { At = now, GroupBy = groupBy, Items = items }, Json.Stored), "application/json");
    }

    /// <summary>The counts of the rows as they are.</summary>
    /// <param name="unmoved">Only of cases that have not moved since: those stood so then.</param>
    private async Task<List<(string Group, ClockCounts Counts)>> Rows(string groups, bool unmoved, DateTimeOffset now, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        // As on the list of deadlines: timers are no part of what executives and partners read of a case.
        var sight = Sight.Sql("e", caller, arguments);
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
               and ({sight.Audience} = {(int)Audience.Core} or c.clock_id <> all ({arguments.Add(_coreOnly)}))
               and {(unmoved ? $"exists (select 1 from crisis.mt_streams s where s.id = e.key and s.timestamp <= {arguments.Add(now)})" : "true")}
             group by g.name, c.kind
            """,
            arguments.Values);
        return await Read(command, cancellation);
    }

    /// <summary>The clocks of a case as it stood.</summary>
    private static IEnumerable<(string Group, ClockCounts Counts)> Of(Escalation then, Audience audience, string groupBy, DateTimeOffset now)
    {
        IEnumerable<string> groups = groupBy switch
        {
            "policyArea" => [then.PolicyArea.ToString()],
            "source" => [then.Source.ToString()],
            _ => then.Regions.IsEmpty ? [Regions.World] : then.Regions,
        };
        return then.Exercise || then.Stage == EscalationState.Voided
            ? []
            : from clock in then.Clocks
              where audience == Audience.Core || !_coreOnly.Contains(clock.ClockId)
              from name in groups
              select (name, ClockCounts.Of(clock, now));
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
    private sealed record ClockCounts(string Kind, long Running, long AtRisk, long Paused, long Met, long MetLearnedLate, long MetLate, long Breached, long Breaches)
    {
        public static ClockCounts Of(Clock clock, DateTimeOffset now)
        {
            long Is(ClockResult result, bool so = true) => so && clock.Result == result ? 1 : 0;
            var warned = ClockRows.WarnsAt(clock) <= now;
            return new ClockCounts(
                clock.Kind.ToString(), Is(ClockResult.Running, !warned), Is(ClockResult.Running, warned), Is(ClockResult.Paused), Is(ClockResult.Met), Is(ClockResult.MetInTimeLearnedLate),
                Is(ClockResult.MetLate), Is(ClockResult.Breached), clock.Breaches);
        }

        public static ClockCounts Sum(ClockCounts one, ClockCounts other) => new(
            one.Kind, one.Running + other.Running, one.AtRisk + other.AtRisk, one.Paused + other.Paused, one.Met + other.Met, one.MetLearnedLate + other.MetLearnedLate, one.MetLate + other.MetLate,
            one.Breached + other.Breached, one.Breaches + other.Breaches);
    }
}
