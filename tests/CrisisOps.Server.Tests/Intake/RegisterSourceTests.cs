using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>From a registration to its retirement, and who reads it.</summary>
public sealed class RegisterSourceTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task It_is_registered_changed_suspended_resumed_and_retired()
    {
        var manager = await server.Staff("pm-01", "partner-manager");
        var admin = await server.Staff("admin-02", "admin");
        var registered = (await manager.Send(HttpMethod.Post, "/v1/sources", new
        {
            name = "OpenHash matches",
            kind = "IndustryPeer",
            partnerId = "OpenHash Exchange",
            formats = new[] { "CloudEvents" },
            policyAreas = new[] { "ChildSafety" },
            regions = new[] { "XN" },
            surface = "Feed",
            reportTlp = "GREEN",
            ratePerMinute = 600,
        })).ShouldBe(201);
        registered.Key.ShouldStartWith("SRC-");

        await admin.Gives(registered.Key, "change", new { ratePerMinute = 60, formats = Array.Empty<string>() });
        (await manager.Gives(registered.Key, "suspend", new { reason = "it floods" })).State.ShouldBe("Suspended");
        (await manager.Gives(registered.Key, "resume", new { note = "fixed" })).State.ShouldBe("Active");
        var read = await manager.Read(registered.Key);
        (read.GetProperty("ratePerMinute").GetInt32(), read.GetProperty("reportTlp").GetString(), read.GetProperty("formats").GetArrayLength(), read.GetProperty("policyAreas")[0].GetString())
            .ShouldBe((60, "GREEN", 0, "ChildSafety"));
        (await manager.Listed("/v1/sources?state=Active&q=OpenHash&region=XN&open=true")).ShouldContain(registered.Key);
        (await manager.Gives(registered.Key, "retire", new { reason = "switched off" })).State.ShouldBe("Retired");
        (await manager.Listed("/v1/sources?open=true&limit=500")).ShouldNotContain(registered.Key);
        (await manager.Give(registered.Key, "issue-key", new { name = "x" })).ShouldBeProblem(409, "illegal-transition");
        (await (await server.Staff("lead-01", "duty-lead")).Timeline(registered.Key)).Select(TimelineCalls.Headline)
            .ShouldBe(["Source registered: OpenHash matches", "Changed: formats, rate", "Suspended", "Resumed", "Retired"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_name_stands_for_one_source_until_it_is_retired()
    {
        var manager = await server.Staff("pm-01", "partner-manager");
        var key = (await manager.Register("Civic Watch feed")).ShouldBe(201).Key;
        var other = (await manager.Register()).ShouldBe(201).Key;

        (await manager.Register(" civic WATCH feed ")).ShouldBeProblem(422, "guard-failed", guard: "source-name-unique");
        (await manager.Give(other, "change", new { name = "Civic Watch Feed" })).ShouldBeProblem(422, "guard-failed", guard: "source-name-unique");
        await manager.Gives(key, "change", new { name = "Civic Watch Feed" });
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => manager.Register("Fact Desk feed")));
        both.Count(a => a.Status == 201).ShouldBe(1);

        await manager.Gives(key, "retire", new { reason = "ended" });
        await manager.Gives(other, "change", new { name = "Civic Watch Feed" });
    }

    [Theory]
    [InlineData("""{"name":"Orders","kind":"GovernmentOrder"}""", "kind-without-basis")]
    [InlineData("""{"name":"Orders","kind":"LawEnforcement"}""", "kind-without-basis")]
    [InlineData("""{"name":"Fast","kind":"CivilSociety","ratePerMinute":10000001}""", "rate-range")]
    [InlineData("""{"name":"Slow","kind":"CivilSociety","ratePerMinute":0}""", "rate-range")]
    public async Task What_a_guard_refuses_is_not_written(string body, string guard)
    {
        var manager = await server.Staff("pm-01", "partner-manager");
        var before = await server.Database.Everything();
        (await manager.Send(HttpMethod.Post, "/v1/sources", body)).ShouldBeProblem(422, "guard-failed", guard: guard);
        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Reports_are_no_more_secret_than_their_giver_is_cleared_for()
    {
        var green = await server.As("pm-05", roles: ["partner-manager"], clearance: "GREEN");
        (await green.Send(HttpMethod.Post, "/v1/sources", new { name = "Secret feed", kind = "CivilSociety", reportTlp = "AMBER" })).ShouldBeProblem(403, "tlp-denied", guard: "report-tlp");
        (await green.Send(HttpMethod.Post, "/v1/sources", new { name = "Open feed", kind = "CivilSociety", reportTlp = "GREEN" })).ShouldBe(201);
    }

    [Theory]
    [InlineData("""{"name":"","kind":"CivilSociety"}""", "name")]
    [InlineData("""{"name":"x","kind":"CivilSociety","regions":["Norland"]}""", "regions")]
    [InlineData("""{"name":"x","kind":"CivilSociety","keys":[]}""", "keys")]
    public async Task What_has_no_shape_names_its_member(string body, string member)
    {
        var answer = await (await server.Staff("pm-01", "partner-manager")).Send(HttpMethod.Post, "/v1/sources", body);
        answer.Status.ShouldBeOneOf(400, 422);
        answer.Text.ShouldContain(member);
    }

    [Fact]
    public async Task Near_staff_read_it_executives_its_state_and_partners_nothing()
    {
        var region = StreamCalls.NewRegion();
        var (manager, key) = await server.Registered([region]);
        await manager.ApiKey(key);

        var specialist = await (await server.As("spec-04", regions: [region], clearance: "GREEN")).Read(key);
        specialist.GetProperty("keys")[0].GetProperty("keyId").GetString().ShouldBe("KEY-1");
        specialist.GetProperty("keys")[0].TryGetProperty("hash", out _).ShouldBeFalse();
        var executive = await (await server.As("exec-01", roles: ["executive"], regions: [region], clearance: "GREEN")).Read(key);
        executive.EnumerateObject().Select(m => m.Name).ShouldBe(["key", "version", "state", "name", "kind", "commands"], ignoreOrder: true);
        (await (await server.As("exec-01", roles: ["executive"], regions: [region], clearance: "GREEN")).Get($"/v1/sources/{key}/uses")).ShouldBeProblem(404, "not-found");
        (await (await server.As("openhash", roles: ["partner"], clearance: "AMBER", partner: "OpenHash Exchange")).Get($"/v1/sources/{key}")).ShouldBeProblem(404, "not-found");
        (await (await server.As("pm-03", roles: ["partner-manager"], regions: ["QS"])).Get($"/v1/sources/{key}")).ShouldBeProblem(404, "not-found");
        (await (await server.As("spec-04")).Register()).ShouldBeProblem(403, "forbidden", guard: "role");
        (await (await server.Staff("lead-01", "duty-lead")).Get($"/v1/sources/{key}")).ShouldBe(200).Text.ShouldNotContain("\"hash\"");
    }
}
