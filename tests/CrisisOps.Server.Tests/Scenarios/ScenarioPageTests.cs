using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The drill that docs/scenarios.md prints, played as it stands there.</summary>
public sealed partial class ScenarioPageTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_printed_drill_plays()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Story.Root, "docs", "scenarios.md"), TestContext.Current.CancellationToken);
        var drill = JsonSerializer.Deserialize<Scenario>(Block().Match(page).Groups[1].Value, Json.Strict)!;

        await Story.Play(server.Node.Url, drill);

        var lead = await server.As("drill-lead", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
        await lead.MoveTo(drill.Steps[^1].At.AddSeconds(30));
        var crisis = await lead.Read("CR-2028-0090");
        crisis.GetProperty("exercise").GetBoolean().ShouldBeTrue();
        crisis.Text("trigger").ShouldBe("ClusterRule");
        crisis.GetProperty("escalations").EnumerateArray().Select(e => e.Text("key")).ShouldBe(["ESC-2028-000900", "ESC-2028-000901", "ESC-2028-000902"]);
        (await server.Database.Column<string>("select type from crisis.mt_events where stream_id = 'ESC-2028-000900' order by version"))
            .ShouldBe(["escalation_raised", "receipt_acknowledged", "escalation_triaged", "escalation_linked_to_crisis", "requester_responded"]);
        (await server.Database.Scalar<long>("select count(*) from crisis.mt_events where type like '%overdue' or type = 'sla_breached'")).ShouldBe(0);
    }

    [Fact]
    public async Task Every_member_of_the_file_is_in_the_page()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Story.Root, "docs", "scenarios.md"), TestContext.Current.CancellationToken);

        foreach (var member in new[] { typeof(Scenario), typeof(ScenarioCaller), typeof(ScenarioDirectory), typeof(ScenarioStep), typeof(ScenarioExpectation) }.SelectMany(t => t.GetProperties()))
        {
            page.ShouldMatch($"[`.\"]{JsonNamingPolicy.CamelCase.ConvertName(member.Name)}[`\"]", member.Name);
        }
    }

    [GeneratedRegex("^```json\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
