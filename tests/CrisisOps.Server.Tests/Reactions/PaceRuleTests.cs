using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>While a crisis is live its cadence replaces the update clocks of its cases, and no longer (domain §2.1).</summary>
public sealed class PaceRuleTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_update_clock_counts_before_the_declaration_rests_while_the_crisis_is_live_and_counts_again_after_an_annulment()
    {
        var (lead, key, region) = await Triaged("SEV2");
        var crisis = await Proposed(lead, region);
        await server.Link(lead, key, crisis);
        (await Update(lead, key)).ShouldBe("Running");

        await lead.Declare(crisis);
        await server.Database.RulesHeard();
        (await Update(lead, key)).ShouldBe("Stopped");

        await lead.Gives(crisis, "annul-declaration", new { reason = "the video is three years old" });
        await server.Database.RulesHeard();
        (await Update(lead, key)).ShouldBe("Running");
        (await lead.Read(key)).GetProperty("crisisKey").GetString().ShouldBe(crisis);
        (await server.Database.Failed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stand_down_lets_the_update_clock_count_a_whole_period_and_a_reactivation_stops_it()
    {
        var crisis = await server.StandUp();
        var (lead, key, _) = await Triaged("SEV2", crisis.Region);
        await server.Link(lead, key, crisis.Key);
        (await Update(lead, key)).ShouldBe("Stopped");

        await crisis.StandDown();
        await server.Database.RulesHeard();
        var counting = (await lead.Read(key)).GetProperty("clocks").EnumerateArray().Single(IsUpdate);
        counting.GetProperty("result").GetString().ShouldBe("Running");
        (counting.GetProperty("dueAt").GetDateTimeOffset() - counting.GetProperty("startedAt").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(2));
        counting.GetProperty("startedAt").GetDateTimeOffset().ShouldBeGreaterThan((await lead.Read(crisis.Key)).GetProperty("stoodDownAt").GetDateTimeOffset());

        await crisis.Lead.Gives(crisis.Key, "reactivate", new { reason = "a second live video", incidentCommander = "ic-01" });
        await server.Database.RulesHeard();
        (await Update(lead, key)).ShouldBe("Stopped");
    }

    [Fact]
    public async Task A_case_that_had_ended_learns_at_its_reopening_that_the_crisis_is_over()
    {
        var crisis = await server.StandUp();
        var (lead, key, _) = await Triaged("SEV2", crisis.Region);
        await server.Link(lead, key, crisis.Key);
        await lead.Gives(key, "reject", new { reason = "StandardQueue", explanation = "This goes to the standard review queue." });
        await crisis.StandDown();
        await server.Database.RulesHeard();
        (await Update(lead, key)).ShouldBe("Stopped");

        await lead.Gives(key, "reopen", new { reason = "the same video is up again", ground = "NewInformation" });
        await server.Database.RulesHeard();

        (await Update(lead, key)).ShouldBe("Running");
    }

    private async Task<(Api Lead, string Key, string Region)> Triaged(string severity, string? region = null)
    {
        region ??= StreamCalls.NewRegion();
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        var key = await lead.RaisedIn(region);
        await lead.TriageWorst(key, region, severity);
        return (lead, key, region);
    }

    private static async Task<string> Proposed(Api lead, string region) => (await lead.Propose(region)).ShouldBe(201).Key;

    private static async Task<string?> Update(Api reader, string key) =>
        (await reader.Read(key)).GetProperty("clocks").EnumerateArray().Single(IsUpdate).GetProperty("result").GetString();

    private static bool IsUpdate(JsonElement clock) => clock.GetProperty("kind").GetString() == "Update";
}
