using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>Lists of crises, and crises as they were.</summary>
public sealed class CrisisListTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Every_crisis_comes_once_the_newest_first_while_new_ones_arrive()
    {
        var lead = await server.Staff("lead-01", "duty-lead");
        List<string> proposed = [];
        for (var i = 0; i < 7; i++)
        {
            proposed.Add((await lead.Propose(StreamCalls.NewRegion(), "paging")).ShouldBe(201).Key);
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = (await lead.Get($"/v1/crises?q=paging&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("key").GetString()!));
            cursor = page.GetProperty("next").GetString();
            await lead.Propose(StreamCalls.NewRegion(), "paging late");
        }
        while (cursor is not null);

        seen.ShouldBe(Enumerable.Reverse(proposed));
    }

    [Theory]
    [InlineData("state=Active", true)]
    [InlineData("state=Proposed,Active", true)]
    [InlineData("state=Closed", false)]
    [InlineData("open=true", true)]
    [InlineData("region=XS", false)]
    [InlineData("q=lighthouse", true)]
    [InlineData("q=windmill", false)]
    public async Task A_filter_keeps_what_fits(string filter, bool fits)
    {
        var crisis = await server.StandUp(summary: "The lighthouse story");

        (await crisis.Lead.Listed($"/v1/crises?{filter}&limit=500")).Contains(crisis.Key).ShouldBe(fits);
        (await crisis.Lead.Listed($"/v1/crises?region={crisis.Region[..2]}&limit=500")).ShouldContain(crisis.Key);
    }

    [Theory]
    [InlineData("crises?state=Nowhere", "state")]
    [InlineData("crises?state=None", "state")]
    [InlineData("elections?state=Active", "state")]
    [InlineData("crises?colour=red", "colour")]
    [InlineData("reviews?limit=0", "limit")]
    [InlineData("recommendations?open=maybe", "open")]
    [InlineData("crises?cursor=abc", "cursor")]
    [InlineData("board?colour=red", "colour")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string member) =>
        (await (await server.As("spec-04")).Get($"/v1/{query}")).ShouldBeProblem(422, "validation", member: member);

    [Fact]
    public async Task The_past_is_read_by_version_and_by_instant_with_the_rights_of_now()
    {
        var crisis = await server.StandUp();
        var declared = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "Called the police liaison." });
        await crisis.Commander.Gives(crisis.Key, "stabilize", new { exitIndicators = new[] { "quiet" } });

        var first = (await crisis.Commander.Get($"/v1/crises/{crisis.Key}?version=1")).ShouldBeDone();
        var then = (await crisis.Commander.Get($"/v1/crises/{crisis.Key}?asOf={declared:O}")).ShouldBeDone();
        var now = (await crisis.Commander.Get($"/v1/crises/{crisis.Key}")).ShouldBeDone();

        (first.State, first.ETag).ShouldBe(("Proposed", "\"1\""));
        then.State.ShouldBe("Active");
        then.Json.TryGetProperty("commands", out _).ShouldBeFalse();
        now.State.ShouldBe("Stabilizing");
        now.Json.GetProperty("commands").GetArrayLength().ShouldBeGreaterThan(10);
        (await crisis.Commander.Get($"/v1/crises/{crisis.Key}?version=99")).ShouldBeProblem(404, "not-found");
        (await crisis.Commander.Get($"/v1/crises/{crisis.Key}?asOf=2020-01-01T00:00:00Z")).ShouldBeProblem(404, "not-found");
        (await crisis.Commander.Get($"/v1/elections/{crisis.Key}")).ShouldBeProblem(404, "not-found");
    }
}
