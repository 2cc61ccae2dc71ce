using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Risks;

/// <summary>From what somebody noticed to a watch, a case or a crisis.</summary>
public sealed class RiskFlowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_signal_is_graded_assessed_and_watched_until_its_time_has_come()
    {
        var spec = await server.Staff("spec-04", "specialist");
        var key = await Captured(spec);
        key.ShouldStartWith("RSK-");
        (await spec.Give(key, "assess", new { likelihood = "likely", impact = 3, confidence = "Low", treatment = "Watch" })).ShouldBeProblem(422, "guard-failed", guard: "signal-graded");
        (await spec.Gives(key, "grade", new { reliability = "B", credibility = 2 })).State.ShouldBe("Corroborating");
        var review = (await spec.Now()).AddHours(2);
        (await spec.Gives(key, "assess", new { likelihood = "roughly-even-chance", impact = 3, confidence = "Low", treatment = "Watch", reviewAt = review })).State.ShouldBe("Watching");

        await spec.MoveTo(review.AddMinutes(1));

        (await server.Database.Recorded(key, "risk_review_due")).ShouldHaveSingleItem();
        (await spec.Read(key)).GetProperty("state").GetString().ShouldBe("Assessed");
        (await spec.Gives(key, "dismiss", new { reason = "A hoax." })).State.ShouldBe("Dismissed");
        (await spec.Listed("/v1/risks?open=true&q=polling")).ShouldNotContain(key);
        (await spec.Listed("/v1/risks?state=Dismissed&q=polling")).ShouldContain(key);
    }

    [Fact]
    public async Task What_nobody_settles_expires_when_its_horizon_ends()
    {
        var spec = await server.Staff("spec-04", "specialist");
        var key = await Captured(spec, horizon: "24h");

        await spec.Pass(TimeSpan.FromHours(25));

        (await spec.Read(key)).GetProperty("state").GetString().ShouldBe("Expired");
        (await spec.Give(key, "grade", new { reliability = "B", credibility = 2 })).ShouldBeProblem(409, "illegal-transition");
    }

    [Fact]
    public async Task Escalated_without_a_case_it_raises_one_and_the_chain_back_survives()
    {
        var spec = await server.Staff("spec-04", "specialist");
        var region = StreamCalls.NewRegion();
        var key = await Captured(spec, region);

        await spec.Gives(key, "escalate", new { proposedSeverity = "SEV1" });

        await server.Database.RulesHeard();
        var @case = (await spec.Read(key)).GetProperty("escalationKey").GetString()!;
        var raised = await spec.Read(@case);
        (raised.GetProperty("source").GetString(), raised.GetProperty("externalRef").GetString(), raised.GetProperty("proposedSeverity").GetString()).ShouldBe(("RiskSignal", key, "SEV1"));
        raised.GetProperty("regions")[0].GetString().ShouldBe(region);
        (await server.Database.Scalar<long>("select count(*) from crisis.intake_volume where region = $1", region)).ShouldBe(0); // no report from anybody
    }

    [Fact]
    public async Task A_weak_signal_proposes_a_crisis_only_when_somebody_else_says_the_same()
    {
        var (spec, lead) = (await server.Staff("spec-04", "specialist"), await server.Staff("lead-01", "duty-lead"));
        var key = await Captured(spec, StreamCalls.NewRegion());
        await spec.Gives(key, "grade", new { reliability = "F", credibility = 6 });
        (await spec.Give(key, "propose-crisis", new { type = "CivilUnrest" })).ShouldBeProblem(403, "forbidden", guard: "role");
        (await lead.Give(key, "propose-crisis", new { type = "CivilUnrest" })).ShouldBeProblem(422, "guard-failed", guard: "signal-too-weak");
        await spec.Gives(key, "corroborate", new { by = "a newsroom in the region" });

        await lead.Gives(key, "propose-crisis", new { type = "CivilUnrest" });

        await server.Database.RulesHeard();
        var crisis = await lead.Read((await lead.Read(key)).GetProperty("crisisKey").GetString()!);
        (crisis.GetProperty("state").GetString(), crisis.GetProperty("trigger").GetString()).ShouldBe(("Proposed", "RiskSignal"));
        crisis.GetProperty("summary").GetString()!.ShouldContain(key);
    }

    [Fact]
    public async Task Where_a_crisis_of_the_type_is_open_the_signal_is_linked_to_it()
    {
        var lead = await server.Staff("lead-01", "duty-lead");
        var region = StreamCalls.NewRegion();
        var key = await Captured(lead, region);
        await lead.Gives(key, "grade", new { reliability = "A", credibility = 1 });
        var crisis = (await lead.Send(HttpMethod.Post, "/v1/crises", new { type = "CivilUnrest", summary = "Unrest", region = new[] { region } })).ShouldBe(201).Key;

        (await lead.Give(key, "propose-crisis", new { type = "CivilUnrest" })).ShouldBeProblem(422, "guard-failed", guard: "one-open-proposal").Text.ShouldContain(crisis);
        await lead.Gives(key, "escalate", new { crisisKey = crisis });

        (await lead.Read(key)).GetProperty("crisisKey").GetString().ShouldBe(crisis);
    }

    [Fact]
    public async Task Specialists_of_the_region_work_on_it_analysts_read_it_and_others_know_nothing_of_it()
    {
        var region = StreamCalls.NewRegion();
        var key = await Captured(await server.As("spec-04", regions: [region]), region);
        var analyst = await server.As("data-02", roles: ["analyst"], regions: [region]);
        var read = await analyst.Read(key);
        read.GetProperty("summary").GetString().ShouldNotBeNull();
        read.TryGetProperty("narrative", out _).ShouldBeFalse();
        (await analyst.Give(key, "grade", new { reliability = "B", credibility = 2 })).ShouldBeProblem(403, "forbidden", guard: "role");
        (await (await server.As("data-02", roles: ["analyst"], regions: [region])).Send(HttpMethod.Post, "/v1/risks", Signal(region, "7d"))).ShouldBeProblem(403, "forbidden", guard: "role");

        (await (await server.As("spec-05", regions: [region])).Read(key)).GetProperty("narrative").GetString().ShouldBe("Three groups, the same words.");
        var far = await server.As("spec-07", regions: ["XS"]);
        (await far.Get($"/v1/risks/{key}")).ShouldBeProblem(404, "not-found");
        (await far.Get($"/v1/timelines/{key}")).ShouldBeProblem(404, "not-found");
        (await far.Listed("/v1/risks")).ShouldNotContain(key);
    }

    private static async Task<string> Captured(Api by, string region = "XN", string horizon = "7d") => (await by.Send(HttpMethod.Post, "/v1/risks", Signal(region, horizon))).ShouldBe(201).Key;

    private static object Signal(string region, string horizon) => new
    {
        kind = "OffPlatformChatter",
        summary = "A call to block polling stations spreads",
        origin = "messenger groups",
        narrative = "Three groups, the same words.",
        horizon,
        region = new[] { region },
        policyArea = "VoterInterference",
    };
}
