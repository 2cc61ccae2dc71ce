using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Intake;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Risks;

/// <summary>Reports that come thicker than usual open one signal, whoever sends them and however many nodes look; in a store that is younger than two weeks from thirty on.</summary>
public sealed class SurgeTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Alerts_and_raises_together_fire_once_and_clear_once_though_two_nodes_look()
    {
        var other = await server.StartAnotherNode();
        var feed = await server.Feed();
        var spec = await server.As("spec-04", regions: [feed.Region]);
        await feed.Floods(12);
        await feed.At(other).Floods(12);
        for (var raise = 0; raise < 6; raise++)
        {
            await spec.Raised(new { source = "CivilSociety", region = new[] { feed.Region } });
        }

        await spec.Judged();

        var signal = (await spec.Signals(feed.Region)).ShouldHaveSingleItem();
        (signal.GetProperty("kind").GetString(), signal.GetProperty("state").GetString()).ShouldBe(("VolumeAnomaly", "Captured"));
        signal.GetProperty("surge").GetProperty("observed").GetInt64().ShouldBe(30);
        signal.GetProperty("surge").TryGetProperty("baseline", out _).ShouldBeFalse();

        // A second flood while it runs changes nothing; then two quiet hours end it, at their minute, although the clock is moved over all of it.
        await feed.Floods(40);
        await spec.Pass(TimeSpan.FromHours(7));
        (await server.Story(signal.Key())).ShouldBe(["surge_detected", "surge_cleared"]);
        var (began, over) = ((await server.Database.Recorded(signal.Key(), "surge_detected"))[0], (await server.Database.Recorded(signal.Key(), "surge_cleared"))[0]);
        (over - began).ShouldBeInRange(TimeSpan.FromHours(2), TimeSpan.FromHours(2.1));
        (await spec.Signals(feed.Region)).Length.ShouldBe(1);

        await spec.Pass(TimeSpan.FromHours(4));
        (await server.Story(signal.Key())).ShouldBe(["surge_detected", "surge_cleared", "risk_signal_expired"]);
    }

    [Fact]
    public async Task Fewer_are_none_and_an_alert_that_raises_a_case_counts_once()
    {
        var feed = await server.Feed();
        var spec = await server.As("spec-04", regions: [feed.Region]);
        await feed.Floods(29);

        (await server.Counted(feed.Region)).ShouldBe(29);
        await spec.Judged();
        (await spec.Signals(feed.Region)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Exercises_never_count()
    {
        var feed = await server.Feed();
        var lead = await server.Staff("lead-01", "duty-lead");
        await feed.Floods(40, exercise: true);
        await lead.Raised(new { source = "CivilSociety", region = new[] { feed.Region }, exercise = true });

        await lead.Judged();

        (await server.Counted(feed.Region)).ShouldBe(0);
        (await lead.Signals(feed.Region)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_outside_the_region_sees_nothing_of_it()
    {
        var (key, region) = await Surging();

        var far = await server.As("spec-07", regions: ["XS"]);
        (await far.Signals(region)).ShouldBeEmpty();
        (await far.Get($"/v1/risks/{key}")).ShouldBeProblem(404, "not-found");
        (await far.Get($"/v1/timelines/{key}")).ShouldBeProblem(404, "not-found");

        var consulted = await server.As("intel-01", roles: ["policy-expert"], regions: [region]);
        (await consulted.Timeline(key)).ShouldHaveSingleItem().GetProperty("headline").GetString()!.ShouldStartWith("Surge: 30 reports");
    }

    [Fact]
    public async Task Who_leads_at_the_moment_is_told()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        var region = StreamCalls.NewRegion();
        var (here, far) = ($"lead-of-{region}", $"lead-far-of-{region}");
        foreach (var (lead, at) in new[] { (here, region), (far, "XS") })
        {
            (await admin.Put($"/v1/directory/people/{lead}", new { roles = new[] { "duty-lead" }, regions = new[] { at }, clearance = "RED", onShiftUntil = "2090-01-01T00:00:00Z" })).ShouldBe(200);
            (await (await server.As(lead, ["duty-lead"], ["*"])).Send(HttpMethod.Post, "/v1/contacts", new { kind = "Person", @ref = lead })).ShouldBe(201);
        }

        var (key, _) = await Surging(region);

        await server.Database.RulesHeard();
        var told = await server.Database.Column<string>(
            "select c.core::jsonb->>'ref' from crisis.deliveries d join crisis.cards c on c.key = d.recipient where d.incident = $1 and d.kind = 'Page'", key);
        told.ShouldContain(here);
        told.ShouldNotContain(far);
    }

    [Fact]
    public async Task A_surge_that_somebody_dismissed_is_told_no_second_time()
    {
        var (key, region) = await Surging();
        var spec = await server.As("spec-04", regions: [region]);
        await spec.Gives(key, "dismiss", new { reason = "A backlog of the week, sent at once." });

        await spec.Pass(TimeSpan.FromHours(4));

        (await server.Story(key)).ShouldBe(["surge_detected", "risk_dismissed", "surge_cleared"]);
        (await spec.Signals(region)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_independent_signal_beside_a_surge_proposes_a_crisis_by_rule()
    {
        var (surge, region) = await Surging();
        var lead = await server.Staff("lead-01", "duty-lead");
        var second = (await lead.Send(HttpMethod.Post, "/v1/risks", new { kind = "ThreatIntel", summary = "A group claims it", origin = "a monitoring partner", region = new[] { region } })).ShouldBe(201).Key;
        await server.Database.RulesHeard();
        (await lead.Read(surge)).TryGetProperty("crisisKey", out _).ShouldBeFalse(); // nobody has graded it yet

        await lead.Gives(second, "grade", new { reliability = "B", credibility = 2 });

        await server.Database.RulesHeard();
        var crisis = await lead.Read((await lead.Read(surge)).GetProperty("crisisKey").GetString()!);
        (crisis.GetProperty("state").GetString(), crisis.GetProperty("trigger").GetString()).ShouldBe(("Proposed", "SurgeRule"));
        crisis.GetProperty("summary").GetString()!.ShouldContain(second);
        crisis.GetProperty("regions")[0].GetString().ShouldBe(region);
    }

    /// <summary>A surge in a region of its own.</summary>
    private async Task<(string Key, string Region)> Surging(string? region = null)
    {
        var feed = await server.Feed(region: region);
        var spec = await server.As("spec-04", regions: [feed.Region]);
        await feed.Floods(30);
        await spec.Judged();
        return ((await spec.Signals(feed.Region)).ShouldHaveSingleItem().Key(), feed.Region);
    }
}
