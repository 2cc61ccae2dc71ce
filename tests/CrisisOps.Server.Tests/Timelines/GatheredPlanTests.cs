using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Crises;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Timelines;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>A page of a crisis costs a page, however many escalations are linked and however long their past is.</summary>
public sealed class GatheredPlanTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(true, "places_occurred")]
    [InlineData(false, "places_recorded")]
    public async Task With_two_hundred_linked_escalations_a_page_is_one_index_scan_and_sorts_nothing(bool byOccurred, string index)
    {
        var crisis = await server.StandUp();
        var pattern = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        await crisis.Lead.Gives(pattern, "link-to-crisis", new { crisisKey = crisis.Key });
        await Multiply(pattern, crisis.Key);
        var arguments = new SqlArguments();
        var caller = new Caller("spec-91", ActorType.Specialist, new HashSet<Role> { Role.Specialist }, new HashSet<Function>(), [crisis.Region], Tlp.AMBER);
        var sql = GatheredTimeline.Sql(new CrisisStream(), new TimelineWish(crisis.Key, 50, ByOccurred: byOccurred), caller, arguments);

        // With the settings of the server's own sessions.
        await using var command = server.Node.Services.GetRequiredService<NpgsqlDataSource>().Statement($"explain (analyze, costs off, timing off) {sql}", arguments.Values);
        List<string> plan = [];
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                plan.Add(reader.GetString(0));
            }
        }

        var text = string.Join('\n', plan);
        text.ShouldContain(index, Case.Sensitive, text);
        text.ShouldNotContain("Sort", Case.Sensitive, text);
        text.ShouldNotContain("Seq Scan on timeline", Case.Sensitive, text);
        plan.First(line => line.Contains(index, StringComparison.Ordinal)).ShouldMatch(@"rows=(\d{1,2}|1\d\d)(\.\d+)? ", text);
    }

    /// <summary>Two hundred cases with a past of a hundred entries each.</summary>
    private async Task Multiply(string pattern, string crisis) => await server.Database.Execute(
        $"""
        insert into crisis.escalations select (jsonb_populate_record(e, jsonb_build_object('key', 'ESC-2020-' || (100000 + n) || right('{crisis}', 2), 'natural_key', null))).*
          from crisis.escalations e, generate_series(1, 200) n where e.key = '{pattern}';
        insert into crisis.timeline (stream, version, recorded_at, occurred_at, kind, event_type, author, tlp, core, cross_functional)
        select 'ESC-2020-' || (100000 + n) || right('{crisis}', 2), v, t.recorded_at - v * interval '1 minute', t.occurred_at - v * interval '1 minute', 'Note', 'EscalationNotePosted', t.author, 0, t.core, ''
          from crisis.timeline t, generate_series(1, 200) n, generate_series(1, 100) v where t.stream = '{pattern}' and t.version = 1;
        insert into crisis.places (timeline, stream, version, recorded_at, occurred_at)
        select '{crisis}', stream, version, recorded_at, occurred_at from crisis.timeline where stream like 'ESC-2020-%' || right('{crisis}', 2) on conflict do nothing;
        analyze crisis.places; analyze crisis.timeline; analyze crisis.escalations;
        """);
}
