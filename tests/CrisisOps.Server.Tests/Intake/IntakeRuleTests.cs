using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>Rules say what the words of a source mean and what raises nothing, and can be tried over what came before.</summary>
public sealed class IntakeRuleTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Rules_map_words_name_areas_and_hold_back_what_lies_below_their_floor()
    {
        var feed = await server.Feed();
        await Rules(new { name = "of the monitor", sources = new[] { feed.Source }, severities = new Dictionary<string, string> { ["Amber"] = "SEV4", ["red"] = "SEV1" }, floor = "SEV2", policyArea = "Spam" });

        var low = await feed.Sends(Alert("smoke", severity: "amber"));
        var high = await feed.Sends(Alert("smoke", severity: "RED"));
        var again = await feed.Sends(Alert("smoke", severity: "amber"));

        (await server.ReasonOf(low)).ShouldBe("BelowFloor");
        var key = (await server.CaseOf(high)).ShouldNotBeNull();
        (await server.CaseOf(again)).ShouldBe(key); // what lies below the floor folds all the same
        var seen = await (await server.As("spec-04", regions: [feed.Region])).Read(key);
        seen.GetProperty("proposedSeverity").GetString().ShouldBe("SEV1");
        seen.GetProperty("policyArea").GetString().ShouldBe("Spam");
    }

    [Fact]
    public async Task Content_belongs_together_for_as_long_as_the_rule_says_since_the_last_report_of_it()
    {
        var feed = await server.Feed();
        var content = $"vid-{feed.Source}";
        await Rules(new { name = "short memory", sources = new[] { feed.Source }, contentWindow = "PT5M" });
        var lead = await server.As("lead-01", roles: ["duty-lead"], regions: [feed.Region]);
        var key = await server.CaseOf(await feed.Sends(Alert(content: content)));

        for (var minute = 0; minute < 12; minute += 3)
        {
            await lead.Pass(TimeSpan.FromMinutes(3));
            (await server.CaseOf(await feed.Sends(Alert(content: content)))).ShouldBe(key);
        }

        await lead.Pass(TimeSpan.FromMinutes(6));
        (await server.CaseOf(await feed.Sends(Alert(content: content)))).ShouldNotBe(key);
    }

    [Fact]
    public async Task Rules_are_tried_over_alerts_of_the_past_and_nothing_is_written()
    {
        var feed = await server.Feed();
        var (one, other) = (await feed.Sends(Alert("a", severity: "info")), await feed.Sends(Alert("b", severity: "critical")));
        var admin = await server.As("admin-01", roles: ["admin"], clearance: "CLEAR");
        var before = await server.Database.Everything();

        var tried = (await admin.Send(HttpMethod.Post, "/v1/intake/rules/dry-run", new { rules = new[] { new { name = "quiet", floor = "SEV2" } }, source = feed.Source })).ShouldBe(200).Json;

        tried.GetProperty("alerts").GetInt32().ShouldBe(2);
        tried.GetProperty("raised").GetInt32().ShouldBe(2);
        tried.GetProperty("wouldRaise").GetInt32().ShouldBe(1);
        var example = tried.GetProperty("examples").EnumerateArray().Single(e => e.GetProperty("keptNow").GetBoolean());
        example.GetProperty("receipt").GetString().ShouldBe(one);
        example.TryGetProperty("title", out _).ShouldBeFalse(); // above this admin's clearance
        tried.GetRawText().ShouldContain(other);
        (await server.Database.Everything()).ShouldBe(before);
        (await server.Database.Scalar<long>("select count(*) from crisis.intake_rules where body like '%quiet%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Every_version_of_the_rules_stays_with_who_wrote_it()
    {
        var admin = await server.As("admin-02", roles: ["admin"]);
        var version = (await admin.Put("/v1/intake/rules", new { rules = new[] { new { name = "first" } } })).ShouldBe(200).Json.GetProperty("version").GetInt64();
        var read = (await admin.Put("/v1/intake/rules", new { rules = Array.Empty<object>() })).ShouldBe(200).Json;

        read.GetProperty("version").GetInt64().ShouldBe(version + 1);
        read.GetProperty("by").GetString().ShouldBe("admin-02");
        (await (await server.As("spec-04")).Get("/v1/intake/rules")).ShouldBe(200).Json.GetProperty("version").GetInt64().ShouldBe(version + 1);
        (await server.Database.Scalar<string>("select body from crisis.intake_rules where version = $1", version)).ShouldContain("first");
    }

    [Theory]
    [InlineData("""{"rules":[{"name":""}]}""", "rules[0].name")]
    [InlineData("""{"rules":[{"name":"a"},{"name":"a"}]}""", "rules[1].name")]
    [InlineData("""{"rules":[{"name":"a","contentWindow":"PT1S"}]}""", "rules[0].contentWindow")]
    [InlineData("""{"rules":[{"name":"a","regions":["nowhere at all"]}]}""", "rules[0].regions")]
    [InlineData("""{"rules":[{"name":"a","severities":{"":"SEV1"}}]}""", "rules[0].severities")]
    [InlineData("""{"rules":[{"name":"a","severities":{"x":"SEV9"}}]}""", "rules[0].severities")]
    [InlineData("""{"rules":[{"name":"a","flor":"SEV1"}]}""", "flor")]
    [InlineData("""{"rules":[null]}""", "rules")]
    [InlineData("""{}""", "rules")]
    [InlineData("""null""", "")]
    public async Task Bad_rules_are_refused_and_nothing_is_written(string body, string named)
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        var before = await server.Database.Scalar<long>("select count(*) from crisis.intake_rules");

        foreach (var answer in new[] { await admin.Put("/v1/intake/rules", body), await admin.Send(HttpMethod.Post, "/v1/intake/rules/dry-run", body) })
        {
            answer.Status.ShouldBeOneOf(400, 422);
            answer.Text.ShouldContain(named);
        }

        (await server.Database.Scalar<long>("select count(*) from crisis.intake_rules")).ShouldBe(before);
    }

    [Fact]
    public async Task Rules_are_written_and_tried_by_admins_and_leads_only()
    {
        foreach (var caller in new[] { await server.As("spec-04"), await server.As("pm-01", roles: ["partner-manager"]), await server.As("p", roles: ["partner"], partner: "P") })
        {
            (await caller.Put("/v1/intake/rules", new { rules = Array.Empty<object>() })).ShouldBe(403);
            (await caller.Send(HttpMethod.Post, "/v1/intake/rules/dry-run", new { rules = Array.Empty<object>() })).ShouldBe(403);
        }

        (await (await server.As("p", roles: ["partner"], partner: "P")).Get("/v1/intake/rules")).ShouldBe(403);
    }

    private async Task Rules(params object[] rules) => (await (await server.As("admin-01", roles: ["admin"])).Put("/v1/intake/rules", new { rules })).ShouldBe(200);
}
