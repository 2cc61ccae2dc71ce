using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>A whole crisis over the API, from the proposal to the closed file and what was learnt.</summary>
public sealed class CrisisFlowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task From_the_proposal_to_the_closed_file()
    {
        var region = StreamCalls.NewRegion();
        var specialist = await server.Staff("spec-04", "specialist");
        var lead = await server.Staff("lead-01", "duty-lead");
        var commander = await server.Staff("ic-01", "specialist");
        var liaison = await server.Staff("lo-02", "partner-manager");
        var escalation = await specialist.Raised(new { proposedSeverity = "SEV1", region = new[] { region } });

        var proposed = (await specialist.Propose(region, refs: [escalation])).ShouldBe(201);
        var key = proposed.Key;
        proposed.Location!.ToString().ShouldBe($"/v1/crises/{key}");
        proposed.ShouldBeAt(1).State.ShouldBe("Proposed");
        (await specialist.Give(key, "declare", new { codename = "HARBOUR" })).ShouldBeProblem(403, "forbidden", guard: "crisis-role");
        (await lead.Give(key, "declare", new { codename = "HARBOUR" })).ShouldBeProblem(422, "guard-failed", guard: "assessed-lately");
        await lead.Gives(key, "assess", new { consequence = 4, virality = 3, certainty = "Observed", press = "two papers call" });
        (await lead.Gives(key, "declare", new { codename = "HARBOUR" })).State.ShouldBe("Active");
        await lead.Gives(key, "assign-role", new { role = "IncidentCommander", person = "ic-01" });
        await commander.Gives(key, "assign-role", new { role = "LiaisonOfficer", person = "lo-02" });

        var lever = await Response(commander, liaison, key, region);
        await commander.Gives(key, "stabilize", new { exitIndicators = new[] { "re-uploads under 5 an hour for 3 hours" } });
        await StandDown(commander, liaison, specialist, key, lever, escalation);
        await new CrisisStories.Crisis(key, region, lead, commander, liaison, liaison).Review();
        (await lead.Give(key, "open-review", new { owner = "spec-04" })).ShouldBeProblem(409, "illegal-transition")["from"].ShouldBe("UnderReview");
        await Review(specialist, lead, key);

        var closed = await lead.Read(key);
        closed.GetProperty("state").GetString().ShouldBe("Closed");
        closed.GetProperty("served").EnumerateArray().Select(p => p.GetString()).ShouldBe(["ic-01", "lo-02"]);
        (await server.Database.TimelineRows(key)).ShouldBe(await server.Database.Events(key));
        (await lead.Give(key, "assign-role", new { role = "Scribe", person = "lead-01" })).ShouldBeProblem(409, "illegal-transition");
    }

    /// <summary>What the command does while it lasts.</summary>
    private static async Task<string> Response(Api commander, Api liaison, string key, string region)
    {
        (await commander.Give(key, "activate-lever", new { kind = "LiveStreamRestriction", scope = region, owner = "lo-02", rightsNote = "ends by itself" })).ShouldBeProblem(422, "validation", member: "ttl");
        (await commander.Give(key, "activate-lever", new { kind = "LiveStreamRestriction", scope = region, ttl = "P15D", owner = "lo-02", rightsNote = "ends by itself" })).ShouldBeProblem(422, "guard-failed", guard: "lever-ttl");
        (await commander.Give(key, "activate-lever", new { kind = "LiveStreamRestriction", scope = region, ttl = "P1M", owner = "lo-02", rightsNote = "ends by itself" })).ShouldBeProblem(422, "validation", member: "ttl");
        var lever = (await commander.Gives(key, "activate-lever", new { kind = "LiveStreamRestriction", scope = region, ttl = "PT24H", owner = "lo-02", rightsNote = "ends by itself" })).Json.GetProperty("events")[0].GetProperty("leverId").GetString()!;
        object[] audiences = [new { audience = "CrossFunctional" }, new { audience = "Executive", text = "One attack, video down." }];
        await commander.Gives(key, "post-update", new { condition = "11 injured (unconfirmed)", actions = "Hashes shared.", needs = "Legal: advice on the order.", audiences });
        await commander.Gives(key, "correct-update", new { updateId = "U-1", reason = "not confirmed", condition = "Injured people; how many is not confirmed." });
        await commander.Gives(key, "publish-sit-rep", new { significantEvents = "Video removed.", plannedActions = "Match the hashes." });
        await commander.Gives(key, "record-decision", new { question = "Restrict live video everywhere?", options = new[] { "whole country", "nothing" }, chosen = "whole country", rationale = "They move." });
        var alert = (await liaison.Gives(key, "issue-alert", new { recipients = new[] { "VideoHub Alliance", "OpenHash Exchange" }, headline = "Live video of an attack", text = "Please match these hashes." })).Json.GetProperty("events")[0].GetProperty("alertId").GetString()!;
        alert.ShouldBe($"crisisops-{key}.1");
        await liaison.Gives(key, "record-partner-ack", new { alertId = alert, partner = "OpenHash Exchange", channel = "Phone", by = "duty officer" });
        (await liaison.Give(key, "record-partner-ack", new { alertId = alert, partner = "OpenHash Exchange", channel = "Phone", by = "duty officer" })).ShouldBeProblem(422, "guard-failed", guard: "acknowledged-once");
        return lever;
    }

    /// <summary>Each guard in its turn, and then the end.</summary>
    private static async Task StandDown(Api commander, Api liaison, Api specialist, string key, string lever, string escalation)
    {
        (await commander.Give(key, "stand-down")).ShouldBeProblem(422, "guard-failed", guard: "final-sit-rep");
        await commander.Gives(key, "publish-sit-rep", new { significantEvents = "No re-upload for a day.", plannedActions = "Stand down.", version = "Final", residualRisk = "Low" });
        (await commander.Give(key, "stand-down")).ShouldBeProblem(422, "guard-failed", guard: "alerts-cancelled");
        await liaison.Gives(key, "cancel-alert", new { alertId = $"crisisops-{key}.1" });
        (await commander.Give(key, "stand-down")).ShouldBeProblem(422, "guard-failed", guard: "levers-ended");
        await commander.Gives(key, "deactivate-lever", new { leverId = lever, reason = "over" });
        (await commander.Give(key, "stand-down")).ShouldBeProblem(422, "guard-failed", guard: "no-open-sev1");
        await specialist.Gives(escalation, "void", new { reason = "raised twice" });
        (await liaison.Give(key, "stand-down")).ShouldBeProblem(403, "forbidden", guard: "crisis-role");
        (await commander.Gives(key, "stand-down", new { reason = "nothing new for a day" })).State.ShouldBe("StoodDown");
    }

    private async Task Review(Api owner, Api lead, string key)
    {
        var other = await server.Staff("lead-02", "duty-lead");
        var review = $"PIR-{key[3..]}";
        await lead.Gives(review, "reassign", new { owner = "spec-04", reason = "was there all night" });
        await owner.Gives(review, "record-contributing-factor", new { text = "The second report waited 14 minutes.", refs = new[] { $"{key}@12" } });
        await owner.Gives(review, "freeze-timeline", new { asOf = await owner.Now() });
        var recommendation = (await owner.Send(HttpMethod.Post, "/v1/recommendations", new
        {
            type = "Staffing",
            problem = "Reports waited 14 minutes.",
            proposal = "Keep one reader of every language on call.",
            reviewKey = review,
            metric = new { name = "median minutes to first response", before = 14, target = 5 },
        })).ShouldBe(201).Key;
        await owner.Gives(review, "name-recommendation", new { recommendationKey = recommendation });
        await owner.Gives(review, "submit");
        object close = new { holdDecision = "HLD-9 kept", recommendations = new[] { recommendation } };
        (await lead.Give(key, "close", close)).ShouldBeProblem(422, "guard-failed", guard: "review-reviewed");
        await other.Gives(review, "approve", new { note = "Agreed." });
        (await lead.Give(key, "close", close)).ShouldBeProblem(422, "guard-failed", guard: "recommendations-owned");
        await lead.Gives(recommendation, "accept", new { owner = "lead-01", dueAt = (await lead.Now()).AddDays(30) });
        var offered = (await lead.Read(key)).GetProperty("commands").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "close");
        JsonSerializer.Serialize(offered.GetProperty("sample")).ShouldContain(recommendation);
        (await lead.Gives(key, "close", close)).State.ShouldBe("Closed");
    }

    [Fact]
    public async Task A_second_attack_is_split_off_and_a_proposal_is_merged_into_another()
    {
        var region = StreamCalls.NewRegion();
        var lead = await server.Staff("lead-01", "duty-lead");
        var first = (await lead.Propose(region)).ShouldBe(201).Key;
        (await lead.Propose(region, "Another town")).ShouldBeProblem(422, "guard-failed", guard: "one-open-proposal").Text.ShouldContain(first);
        var second = (await lead.Send(HttpMethod.Post, "/v1/crises", new { type = "TerrorOrViolentExtremistAttack", summary = "Another town", region = new[] { region }, separateFrom = first })).ShouldBe(201).Key;

        (await lead.Gives(second, "merge", new { into = first })).State.ShouldBe("Merged");
        (await lead.Gives(first, "reject-proposal", new { reason = "a film set" })).State.ShouldBe("Rejected");

        (await lead.Propose(region)).ShouldBe(201);
    }

    [Fact]
    public async Task A_merge_frees_the_type_and_region_only_when_nobody_holds_them_any_more()
    {
        var region = StreamCalls.NewRegion();
        var lead = await server.Staff("lead-01", "duty-lead");
        var first = (await lead.Propose(region)).ShouldBe(201).Key;
        var second = (await lead.Send(HttpMethod.Post, "/v1/crises", new { type = "TerrorOrViolentExtremistAttack", summary = "Another town", region = new[] { region }, separateFrom = first })).ShouldBe(201).Key;

        await lead.Gives(first, "reject-proposal", new { reason = "a film set" });

        (await lead.Propose(region)).ShouldBeProblem(422, "guard-failed", guard: "one-open-proposal").Text.ShouldContain(second);
    }
}
