using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>An update is held back for a moment, in which it can be taken back; nobody outside the core team hears of it until then.</summary>
public sealed class HeldUpdateTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Condition = "The minister was hit.";

    [Fact]
    public async Task It_is_read_by_core_alone_until_it_goes_out_and_then_by_everybody_it_is_for()
    {
        var crisis = await server.StandUp();
        var specialist = await server.As("spec-77", regions: [crisis.Region]);
        var executive = await server.As("exec-01", roles: ["executive"], regions: ["*"], clearance: "AMBER");
        var answer = await crisis.Commander.Gives(
            crisis.Key, "post-update", new { condition = Condition, sendAfter = "PT2M", audiences = new[] { new { audience = "CrossFunctional" }, new { audience = "Executive" } } });

        HeldId(answer).ShouldBe("HU-1");
        await server.Database.RulesHeard();
        foreach (var reader in new[] { specialist, executive })
        {
            foreach (var path in (string[])[$"/v1/timelines/{crisis.Key}", $"/v1/crises/{crisis.Key}", $"/v1/crises/{crisis.Key}/board", "/v1/search?q=minister", "/v1/deadlines?limit=500"])
            {
                (await reader.Get(path)).Text.ShouldSatisfyAllConditions(t => t.ShouldNotContain("minister"), t => t.ShouldNotContain("HU-1"), t => t.ShouldNotContain("HeldUpdateDue"));
            }
        }

        (await crisis.Lead.Timeline(crisis.Key)).ShouldContain(e => e.GetRawText().Contains("HU-1 goes out at"));
        (await server.Database.Column<string>("select state || ' ' || owner from crisis.deadlines where stream = $1 and kind = 'HeldUpdateDue'", crisis.Key)).ShouldBe(["Open ic-01"]);

        await crisis.Lead.Pass(TimeSpan.FromMinutes(2));

        foreach (var reader in new[] { specialist, executive })
        {
            (await reader.Timeline(crisis.Key)).ShouldContain(e => e.GetRawText().Contains("U-1: The minister was hit."));
        }

        (await crisis.Lead.Read(crisis.Key)).GetProperty("updates")[0].GetProperty("updateId").GetString().ShouldBe("U-1");
        (await server.Database.DeadlineState(crisis.Key, "HeldUpdateDue")).ShouldBe("Met");
    }

    [Fact]
    public async Task It_is_withdrawn_before_its_time_and_never_goes_out()
    {
        var crisis = await server.StandUp();
        var specialist = await server.Staff("spec-04", "specialist");
        await specialist.Gives(crisis.Key, "post-update", new { condition = Condition, sendAfter = "PT1M" });

        (await crisis.Press.Give(crisis.Key, "withdraw-update", new { heldId = "HU-1" })).ShouldBeProblem(403, "forbidden", guard: "crisis-role");
        await specialist.Gives(crisis.Key, "withdraw-update", new { heldId = "HU-1", reason = "not confirmed" });
        await crisis.Lead.Pass(TimeSpan.FromMinutes(3));

        (await Happened(crisis.Key)).ShouldBe(["crisis_update_held", "crisis_update_withdrawn"]);
        (await server.Database.DeadlineState(crisis.Key, "HeldUpdateDue")).ShouldBe("Met");
        (await specialist.Timeline(crisis.Key)).ShouldAllBe(e => !e.GetRawText().Contains("minister"));
        (await specialist.Give(crisis.Key, "withdraw-update", new { heldId = "HU-1" })).ShouldBeProblem(422, "guard-failed", guard: "update-held");
    }

    [Fact]
    public async Task What_went_out_is_corrected_instead()
    {
        var crisis = await server.StandUp();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = Condition, sendAfter = "PT1M" });
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        var before = await server.Database.Everything();

        var refused = (await crisis.Commander.Give(crisis.Key, "withdraw-update", new { heldId = "HU-1" })).ShouldBeProblem(422, "guard-failed", guard: "update-held");

        refused["detail"]!.ShouldContain("went out as U-1");
        refused.Text.ShouldContain("correct-update");
        (await server.Database.Everything()).ShouldBe(before);
        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-1", reason = "not confirmed", condition = "Somebody was hit." });
    }

    [Fact]
    public async Task A_public_statement_is_public_at_its_release_and_not_before()
    {
        var crisis = await server.StandUp();
        var public1 = await server.As("reader-01", roles: [], regions: ["*"]);
        await crisis.Press.Gives(crisis.Key, "draft-public-update", new { text = "We are aware of the attack." });
        await crisis.Commander.Gives(crisis.Key, "approve-public-update", new { draftId = "PD-1", sendAfter = "PT30S" });
        await crisis.Commander.Gives(crisis.Key, "release-holding-line", new { sendAfter = "PT1M" });
        await crisis.Commander.Gives(crisis.Key, "withdraw-update", new { heldId = "HU-2" });
        (await public1.Get($"/v1/timelines/{crisis.Key}")).Text.ShouldNotContain("aware");

        await crisis.Lead.Pass(TimeSpan.FromMinutes(2));

        (await Happened(crisis.Key)).ShouldBe(["crisis_update_held", "crisis_update_held", "crisis_update_withdrawn", "crisis_update_posted"]);
        var posted = (await server.Database.Column<string>("select public from crisis.timeline where stream = $1 and event_type in ('CrisisUpdatePosted', 'crisis_update_posted')", crisis.Key)).ShouldHaveSingleItem();
        posted.ShouldContain("We are aware of the attack.");
    }

    [Theory]
    [InlineData("PT0S")]
    [InlineData("-PT1M")]
    [InlineData("PT2M0.001S")]
    [InlineData("P10000000D")]
    public async Task A_time_out_of_bounds_is_refused_and_nothing_is_written(string sendAfter)
    {
        var crisis = await server.StandUp();
        var before = await server.Database.Everything();

        (await crisis.Commander.Give(crisis.Key, "post-update", new { condition = Condition, sendAfter })).ShouldBeProblem(422, "guard-failed", guard: "send-after");
        (await crisis.Commander.Give(crisis.Key, "release-holding-line", new { sendAfter })).ShouldBeProblem(422, "guard-failed", guard: "send-after");

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Withdrawn_at_the_very_moment_of_its_release_it_ends_one_way_or_the_other()
    {
        var crisis = await server.StandUp();
        var ended = new List<string>();
        for (var number = 1; number <= 12; number++)
        {
            await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"{number} hit", sendAfter = "PT0.05S" });
            var withdrawn = await crisis.Commander.Give(crisis.Key, "withdraw-update", new { heldId = $"HU-{number}" });
            await Eventually.Is(async () => (await server.Database.DeadlineState(crisis.Key, "HeldUpdateDue")).Split(',').All(s => s == "Met"), "the update has ended");

            var events = await Happened(crisis.Key);
            events.Length.ShouldBe(2 * number);
            ended.Add(events[^1]);
            if (withdrawn.Ok)
            {
                events[^1].ShouldBe("crisis_update_withdrawn");
            }
            else
            {
                withdrawn.ShouldBeProblem(422, "guard-failed", guard: "update-held");
                events[^1].ShouldBe("crisis_update_posted");
            }
        }

        ended.ShouldAllBe(e => e == "crisis_update_withdrawn" || e == "crisis_update_posted");
    }

    private static string HeldId(Answer answer) => answer.Json.GetProperty("events")[0].GetProperty("heldId").GetString()!;

    private async Task<string[]> Happened(string key) =>
        [.. await server.Database.Column<string>("select type from crisis.mt_events where stream_id = $1 and type like 'crisis_update%' order by version", key)];
}
