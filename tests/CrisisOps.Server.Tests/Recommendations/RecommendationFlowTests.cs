using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Recommendations;

/// <summary>From a proposal to a measured effect.</summary>
public sealed class RecommendationFlowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task It_is_verified_only_by_a_value_that_was_measured_late_enough()
    {
        var (lead, key) = await Proposed();
        (await lead.Give(key, "accept", new { owner = "spec-04", dueAt = (await lead.Now()).AddDays(-1) })).ShouldBeProblem(422, "guard-failed", guard: "due-ahead");
        await lead.Gives(key, "accept", new { owner = "spec-04", dueAt = (await lead.Now()).AddDays(10) });
        var owner = await server.Staff("spec-04", "specialist");
        (await owner.Gives(key, "start")).State.ShouldBe("InProgress");
        (await owner.Gives(key, "implement", new { what = "a rota" })).State.ShouldBe("Implemented");
        (await owner.Give(key, "verify", new { after = 4, measuredAt = await lead.Now() })).ShouldBeProblem(403, "forbidden", guard: "role");
        (await lead.Give(key, "verify", new { after = 4, measuredAt = await lead.Now() })).ShouldBeProblem(422, "guard-failed", guard: "measured-late-enough");

        await lead.Pass(TimeSpan.FromDays(15));

        (await lead.Gives(key, "verify", new { after = 4, measuredAt = await lead.Now() })).State.ShouldBe("Verified");
        (await lead.Read(key)).GetProperty("metric").GetProperty("reached").GetBoolean().ShouldBeTrue();
        (await lead.Listed("/v1/recommendations?state=Verified&open=true")).ShouldBeEmpty();
        (await lead.Listed("/v1/recommendations?state=Verified&q=rota")).ShouldNotContain("no such");
    }

    [Fact]
    public async Task It_is_overdue_once_when_its_time_has_passed_and_late_when_it_is_done()
    {
        var (lead, key) = await Proposed();
        await lead.Gives(key, "accept", new { owner = "lead-01", dueAt = (await lead.Now()).AddDays(1) });

        await lead.Pass(TimeSpan.FromDays(3));

        (await server.Database.Recorded(key, "recommendation_overdue")).ShouldHaveSingleItem();
        await lead.Gives(key, "start");
        await lead.Gives(key, "implement");
        // The proposal was decided in time, the change came late, and now it has to be measured.
        (await server.Database.DeadlineState(key, "RecommendationDue")).ShouldBe("Late,Met,Open");
    }

    [Fact]
    public async Task Its_owner_and_near_staff_read_it_and_another_region_does_not()
    {
        var (lead, key) = await Proposed("XN-77");
        await lead.Gives(key, "accept", new { owner = "far-01", dueAt = (await lead.Now()).AddDays(10) });

        (await (await server.As("far-01", regions: ["XS"])).Read(key)).GetProperty("problem").GetString().ShouldNotBeNull();
        (await (await server.As("spec-77", regions: ["XN"])).Read(key)).TryGetProperty("maskedTerms", out _).ShouldBeFalse();
        (await (await server.As("exec-01", roles: ["executive"], regions: ["XN"])).Read(key)).TryGetProperty("problem", out _).ShouldBeFalse();
        (await (await server.As("spec-07", regions: ["XS"])).Get($"/v1/recommendations/{key}")).ShouldBeProblem(404, "not-found");
    }

    private async Task<(Api Lead, string Key)> Proposed(string region = "XN")
    {
        var lead = await server.Staff("lead-01", "duty-lead");
        var proposed = (await lead.Send(HttpMethod.Post, "/v1/recommendations", new
        {
            type = "Staffing",
            problem = "Reports waited.",
            proposal = "Keep one reader on call.",
            region = new[] { region },
            metric = new { name = "median minutes", before = 14, target = 5 },
            evidence = new { query = "escalations?region=XN", values = new[] { new { name = "median minutes", value = 14.5 } } },
        })).ShouldBe(201);
        return (lead, proposed.Key);
    }
}
