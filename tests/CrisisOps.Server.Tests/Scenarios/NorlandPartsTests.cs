using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Parts of the story that then go otherwise, each on a store of its own (domain §7, assertions 4, 10, 11 and 15).</summary>
public sealed class NorlandPartsTests(TestPostgres postgres)
{
    [Fact]
    public async Task ClusterRule_attaches_the_fourth_report_and_proposes_once()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        await Story.Play(node.Url, (await Story.Norland()).Until("ESC-2027-000101/start-investigation"));
        var lead = await node.As("duty-lead-01", roles: ["duty-lead"]);
        var intake = await node.As("intake-01", regions: ["XN"]);
        async Task<long> Proposals(string at)
        {
            await lead.MoveTo(At(at));
            await intake.Raised(new { source = "UserReport", proposedSeverity = "SEV3", region = new[] { "XN" } });
            await lead.Pass(TimeSpan.FromSeconds(10)); // answers when the rules have heard of it
            return await database.Scalar<long>("select count(*) from crisis.mt_events where type = 'crisis_proposed'");
        }

        (await Proposals("05-15 14:02:00")).ShouldBe(0);
        (await Proposals("05-15 14:03:00")).ShouldBe(1);
        (await Proposals("05-15 14:04:00")).ShouldBe(1);

        (await database.Column<string>("select type from crisis.mt_events where stream_id like 'CR-%' order by version")).ShouldBe(["crisis_proposed", "escalation_attached"]);
        (await lead.Listed("/v1/crises?limit=500")).ShouldBe([CR7]);
        (await lead.Read(CR7)).GetProperty("escalations").EnumerateArray().Select(e => e.Text("key")).ShouldBe([E101, E102, E103, E104]);

        // What is attached to a crisis that was declared is linked too.
        await lead.Gives(CR7, "stand-up", new { consequence = 4, virality = 3, certainty = "Observed", codename = "HARBOUR" });
        (await Proposals("05-15 14:10:00")).ShouldBe(1);
        (await intake.Read(E105)).Text("crisisKey").ShouldBe(CR7);
    }

    [Fact]
    public async Task ElectionTimers_of_an_amended_schedule_do_nothing_and_SeverityFloor_holds_through_the_voting()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        var story = await Story.Norland();
        var keys = new Dictionary<string, long>(story.Keys!) { ["ESC-2027"] = 105 };
        ScenarioStep[] posts = [story.Steps[story.Number("ESC-2027-000105/link-to-election") - 2], story.Step("ESC-2027-000105/link-to-election")];
        await Story.Play(node.Url, story with { Keys = keys, Steps = [.. story.Until("EL-XN-2027-01/change-posture").Steps, .. posts] });
        var lead = await node.As("el-lead-01", roles: ["election-lead"]);
        var specialist = await node.As("spec-04", regions: ["XN"]);
        Task<Answer> Triage() => specialist.Give(E105, "triage", new { severity = "SEV3", policyArea = "VoterInterference", region = new[] { "XN" }, duplicateSearchDone = true });

        await lead.Gives(EL1, "amend-schedule", new
        {
            reason = "The polling stations open two hours later.",
            phases = new[]
            {
                new { phase = "Voting", at = "2027-05-16T08:00" }, new { phase = "Counting", at = "2027-05-16T20:00" },
                new { phase = "Certification", at = "2027-05-28T12:00" }, new { phase = "PostElection", at = "2027-05-29T12:00" },
            },
        });
        await lead.MoveTo(At("05-16 04:30:00"));
        (await Entered(database)).ShouldBe(["PreElection 1", "SilencePeriod 1"]);
        (await Triage()).ShouldBeProblem(422, "guard-failed", guard: "election-severity-floor");

        await lead.MoveTo(At("05-16 06:30:00"));
        (await Entered(database)).ShouldBe(["PreElection 1", "SilencePeriod 1", "Voting 2"]);
        (await database.Recorded(EL1, "election_phase_entered"))[2].ShouldBeInRange(At("05-16 06:00:00").UtcDateTime, At("05-16 06:00:10").UtcDateTime);
        (await Triage()).ShouldBeProblem(422, "guard-failed", guard: "election-severity-floor");

        await lead.MoveTo(At("05-16 18:30:00"));
        (await Triage()).ShouldBe(200);
    }

    [Fact]
    public async Task StandDownGuard_waits_for_the_lever()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        var story = await Story.Norland();
        await Story.Play(node.Url, story.Until("/stabilize"));
        var commander = await node.As("ic-05", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
        var liaison = await node.As("lo-02", roles: ["partner-manager", "duty-lead"], regions: ["*"], clearance: "RED");

        await commander.Gives(CR7, "publish-sit-rep", new { significantEvents = "Nothing new.", plannedActions = "Stand down.", version = "Final" });
        (await commander.Give(CR7, "stand-down")).ShouldBeProblem(422, "guard-failed", guard: "alerts-cancelled");
        await liaison.Gives(CR7, "cancel-alert", new { alertId = $"crisisops-{CR7}.1", text = "All clear." });
        (await commander.Give(CR7, "stand-down")).ShouldBeProblem(422, "guard-failed", guard: "levers-ended");

        await commander.MoveTo(At("05-16 14:13:00"));
        (await commander.Gives(CR7, "stand-down", new { reason = "Nothing new for a day." })).State.ShouldBe("StoodDown");
        (await database.Recorded(CR7, "lever_expired")).ShouldHaveSingleItem();
    }

    private static Task<List<string>> Entered(TestDatabase database) => database.Column<string>(
        "select data->>'phase' || ' ' || (data->>'scheduleVersion') from crisis.mt_events where stream_id = $1 and type = 'election_phase_entered' order by version", EL1);
}
