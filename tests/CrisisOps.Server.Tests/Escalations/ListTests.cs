using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>Lists show what their reader may see, once, whatever comes in meanwhile.</summary>
public sealed class ListTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Every_case_comes_once_while_new_ones_arrive()
    {
        var specialist = await server.As("spec-04");
        List<string> raised = [];
        for (var i = 0; i < 25; i++)
        {
            raised.Add(await specialist.Raised(new { title = $"paging {i}" }));
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = (await specialist.Get($"/v1/escalations?q=paging&limit=4{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            seen.AddRange(Keys(page));
            cursor = page.GetProperty("next").GetString();
            await specialist.Raised(new { title = "paging late" });
        }
        while (cursor is not null);

        seen.ShouldBe(Enumerable.Reverse(raised));
    }

    [Theory]
    [InlineData("state=Triaged", true)]
    [InlineData("state=Received,Triaged", true)]
    [InlineData("state=Closed", false)]
    [InlineData("severity=SEV3", true)]
    [InlineData("severity=SEV1", false)]
    [InlineData("unowned=true", true)]
    [InlineData("owner=spec-04", false)]
    [InlineData("region=XN", true)]
    [InlineData("region=XS", false)]
    [InlineData("policyArea=Spam", true)]
    [InlineData("policyArea=Privacy", false)]
    [InlineData("source=Press", true)]
    [InlineData("source=UserReport", false)]
    [InlineData("desk=Comms", true)]
    [InlineData("desk=Legal", false)]
    [InlineData("flag=Newsworthy", true)]
    [InlineData("flag=MinorInvolved", false)]
    [InlineData("q=lighthouse", true)]
    [InlineData("q=harbour", false)]
    public async Task A_filter_keeps_what_fits(string filter, bool fits)
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised(new { title = "The lighthouse story", source = "Press", region = new[] { "XN-01" } });
        (await specialist.Post(key, "triage", new { severity = "SEV3", policyArea = "Spam", region = new[] { "XN-01" }, flags = new[] { "Newsworthy" }, duplicateSearchDone = true })).ShouldBeDone();

        var page = (await specialist.Get($"/v1/escalations?{filter}&limit=500")).ShouldBe(200).Json;

        Keys(page).Contains(key).ShouldBe(fits);
    }

    [Theory]
    [InlineData("state=Nowhere", "state")]
    [InlineData("severity=1", "severity")]
    [InlineData("colour=red", "colour")]
    [InlineData("desk=Kitchen", "desk")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("unowned=maybe", "unowned")]
    [InlineData("cursor=abc", "cursor")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string member) =>
        (await (await server.As("spec-04")).Get($"/v1/escalations?{query}")).ShouldBeProblem(422, "validation", member: member);

    [Fact]
    public async Task A_partner_lists_its_own_reports_as_receipts_and_cannot_filter_for_what_it_must_not_know()
    {
        var partner = await server.As("civic-watch", roles: ["partner"], partner: "PRT-1");
        var other = await server.As("other-watch", roles: ["partner"], partner: "PRT-2");
        var specialist = await server.As("spec-04");
        var mine = await partner.Raised(new { source = "TrustedPartner", title = "Named by us alone" });
        var theirs = await other.Raised(new { source = "TrustedPartner" });
        (await specialist.Post(mine, "triage", new { severity = "SEV1", policyArea = "Spam", region = new[] { "XN" }, duplicateSearchDone = true })).ShouldBeDone();

        var page = (await partner.Get("/v1/escalations?limit=500")).ShouldBe(200);
        var receipt = (await partner.Get($"/v1/escalations/{mine}")).ShouldBe(200);

        Keys(page.Json).ShouldBe([mine]);
        page.Text.ShouldNotContain("SEV1");
        receipt.Text.ShouldNotContain("SEV1");
        receipt["state"].ShouldBe("UnderReview");
        receipt.Text.ShouldNotContain("spec-04");
        (await partner.Get($"/v1/timelines/{mine}")).Text.ShouldNotContain("spec-04");
        (await partner.Get($"/v1/escalations/{theirs}")).ShouldBeProblem(404, "not-found");
        (await partner.Get($"/v1/timelines/{theirs}")).ShouldBeProblem(404, "not-found");
        (await partner.Get("/v1/escalations?severity=SEV1")).ShouldBeProblem(422, "validation");
    }

    [Fact]
    public async Task Only_the_core_team_learns_that_a_case_lies_with_the_desk_that_speaks_with_the_police()
    {
        var specialist = await server.As("spec-04");
        var executive = await server.As("exec-01", roles: ["executive"]);
        var key = await specialist.Raised();
        (await specialist.Post(key, "route", new { desk = "LawEnforcementOutreach", reason = "they asked" })).ShouldBeDone();

        Keys((await specialist.Get("/v1/escalations?desk=LawEnforcementOutreach&limit=500")).ShouldBe(200).Json).ShouldContain(key);
        Keys((await executive.Get("/v1/escalations?limit=500")).ShouldBe(200).Json).ShouldContain(key);
        Keys((await executive.Get("/v1/escalations?desk=LawEnforcementOutreach&limit=500")).ShouldBe(200).Json).ShouldBeEmpty();
        foreach (var path in new[] { "/v1/escalations?limit=500", $"/v1/escalations/{key}", $"/v1/timelines/{key}", "/v1/queue?limit=500" })
        {
            (await executive.Get(path)).ShouldBe(200).Text.ShouldNotContain("LawEnforcementOutreach");
        }
    }

    [Fact]
    public async Task Whoever_lacks_clearance_or_region_learns_nothing_from_lists_queue_search_or_changes()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var abroad = await server.As("spec-07", regions: ["XS"], clearance: "RED");
        var uncleared = await server.As("spec-08", clearance: "GREEN");
        var cursors = await Task.WhenAll(new[] { abroad, uncleared }.Select(async c => (await c.Get("/v1/changes")).ShouldBe(200)["cursor"]));
        var key = await owner.Raised(new { title = "whispered secret", externalRef = "EXT-77" });

        foreach (var (reader, cursor) in new[] { (abroad, cursors[0]), (uncleared, cursors[1]) })
        {
            foreach (var path in (string[])["/v1/escalations?q=whispered", "/v1/queue?limit=500", "/v1/me/work", $"/v1/changes?after={cursor}", "/v1/deadlines"])
            {
                (await reader.Get(path)).ShouldBe(200).Text.ShouldNotContain(key);
            }

            foreach (var path in (string[])[$"/v1/escalations/{key}", $"/v1/timelines/{key}", $"/v1/timelines/{key}/live", $"/v1/escalations/{key}/duplicates", $"/v1/escalations/{key}?version=1"])
            {
                (await reader.Get(path)).ShouldBeProblem(404, "not-found");
            }

            (await reader.Note(key, "I guess")).ShouldBeProblem(404, "not-found");
        }
    }

    private static List<string> Keys(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("key").GetString()!)];
}
