using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>An alert can be more secret than its case, and a case than its alert.</summary>
public sealed class AlertSightTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_alert_above_the_clearance_of_a_reader_is_not_on_the_list_of_its_case()
    {
        var feed = await server.Feed(new { reportTlp = "GREEN" });
        var key = (await server.CaseOf(await feed.Sends(Alert("one"))))!;
        await feed.Sends(Alert("one", title: "very secret title").With("tlp", "AMBER+STRICT"));
        var (green, strict) = (await server.As("spec-61", regions: [feed.Region], clearance: "GREEN"), await server.As("spec-62", regions: [feed.Region], clearance: "AMBER+STRICT"));

        Titles(await green.Get($"/v1/escalations/{key}/alerts")).ShouldBe(["Posts call for violence"]);
        Titles(await strict.Get($"/v1/escalations/{key}/alerts")).ShouldBe(["very secret title", "Posts call for violence"]);
        Titles(await green.Get($"/v1/escalations/{key}/alerts?asOf={(await strict.Now()).UtcDateTime:O}")).ShouldNotContain("very secret title");
    }

    [Fact]
    public async Task Trying_rules_shows_no_title_of_a_case_that_the_one_who_tries_does_not_read()
    {
        var feed = await server.Feed();
        var key = (await server.CaseOf(await feed.Sends(Alert("names", severity: "low", title: "their names"))))!;
        var (near, far) = (await server.As("lead-63", ["duty-lead"], [feed.Region], "AMBER"), await server.As("lead-64", ["duty-lead"], [StreamCalls.NewRegion()], "RED"));
        var admin = await server.As("admin-02", ["admin"], ["*"], "RED");

        (await Tried(near, feed)).ShouldBe("their names");
        (await Tried(far, feed)).ShouldBeNull();
        (await Tried(admin, feed)).ShouldBeNull();

        var owner = await server.As("lead-65", ["duty-lead"], [feed.Region], "RED");
        await owner.Gives(key, "raise-tlp", new { to = "RED", reason = "names a victim" });
        (await Tried(near, feed)).ShouldBeNull();
        (await Tried(owner, feed)).ShouldBeNull();
    }

    private static string[] Titles(Answer answer) => [.. answer.ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("alert").GetProperty("title").GetString()!)];

    private static async Task<string?> Tried(Api caller, Feed feed)
    {
        var rules = new[] { new { name = "worse", severities = new { low = "SEV1" } } };
        var examples = (await caller.Send(HttpMethod.Post, "/v1/intake/rules/dry-run", new { rules, source = feed.Source })).ShouldBe(200).Json.GetProperty("examples");
        return examples[0].TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null;
    }
}
