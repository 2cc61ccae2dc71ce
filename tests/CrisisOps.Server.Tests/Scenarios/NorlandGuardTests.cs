using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;
using static CrisisOps.Server.Tests.Scenarios.Playing;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Assertions 4, 7, 10, 11, 15 and 19 of domain §7: what is refused on the way. Each plays the beginning of the story anew.</summary>
public sealed class NorlandGuardTests(TestPostgres postgres)
{
    [Fact]
    public async Task Cluster_rule_a_fourth_report_in_the_window_attaches_and_proposes_nothing()
    {
        await using var server = await Played("2027-05-15T14:08:30Z");
        var specialist = await server.As("spec-04");

        var fourth = await specialist.Raised(new { region = new[] { "XN" }, proposedSeverity = "SEV3" });

        await Eventually.Is(async () => (await specialist.Get($"/v1/escalations/{fourth}")).Json.TryGetProperty("crisisKey", out var crisis) && crisis.GetString() == CR7, "the fourth case is linked");
        (await server.Database.Scalar<long>("select count(*) from crisis.mt_events where type = 'crisis_proposed'")).ShouldBe(1);
        (await server.Database.Scalar<string>("select data ->> 'escalationKey' from crisis.mt_events where type = 'escalation_attached'")).ShouldBe(fourth);
    }

    [Fact]
    public async Task Legal_clock_of_a_removal_order_can_be_neither_merged_away_nor_paused()
    {
        await using var server = await Played("2027-05-15T14:26:00Z");
        var specialist = await server.As("spec-04");

        (await specialist.Post(E104, "merge", new { into = E101 })).ShouldBe(422)["type"].ShouldBe("/problems/guard-failed");
        (await specialist.Post(E104, "request-input", new { fromRequester = true, question = "Which address?", dueAt = At("2027-05-15T15:00:00Z") })).ShouldBeDone();
        var clock = (await specialist.Get($"/v1/escalations/{E104}")).ShouldBe(200).Json.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "Legal");
        clock.Instant("dueAt").ShouldBe(At("2027-05-15T15:20:00Z"));
        clock.TryGetProperty("pausedAt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Election_timers_silence_begins_at_local_midnight_and_an_amended_schedule_makes_the_old_timer_do_nothing()
    {
        await using var server = await Played("2027-05-15T13:55:10Z");
        var lead = await server.As("el-lead-01", roles: ["election-lead", "duty-lead"]);
        (await server.Database.Recorded(EL1, "election_phase_entered"))[1].ShouldBeInRange(At("2027-05-14T22:00:00Z").UtcDateTime, At("2027-05-14T22:00:05Z").UtcDateTime);

        await lead.Gives(EL1, "amend-schedule", new
        {
            reason = "polling stations open later",
            phases = new[]
            {
                new { phase = "Voting", at = "2027-05-16T08:00" }, new { phase = "Counting", at = "2027-05-16T20:00" },
                new { phase = "Certification", at = "2027-05-28T12:00" }, new { phase = "PostElection", at = "2027-05-29T12:00" },
            },
        });
        await lead.MoveTo(At("2027-05-16T05:00:00Z"));
        (await lead.Read(EL1)).GetProperty("state").GetString().ShouldBe("SilencePeriod");
        await lead.MoveTo(At("2027-05-16T06:00:01Z"));

        (await lead.Read(EL1)).GetProperty("state").GetString().ShouldBe("Voting");
        (await server.Database.Scalar<string>("select data ->> 'scheduleVersion' from crisis.mt_events where stream_id = $1 and type = 'election_phase_entered' order by version desc limit 1", EL1)).ShouldBe("2");
    }

    [Fact]
    public async Task Severity_floor_voter_interference_is_not_triaged_below_sev2_while_the_election_is_silent()
    {
        await using var server = await Played("2027-05-15T16:05:30Z");
        var specialist = await server.As("spec-04", regions: ["XN"], clearance: "AMBER+STRICT");

        (await specialist.Post(E105, "triage", new { severity = "SEV3", policyArea = "VoterInterference", region = new[] { "XN" }, duplicateSearchDone = true }))
            .ShouldBeProblem(422, "guard-failed", guard: "election-severity-floor");
    }

    [Fact]
    public async Task Stand_down_is_refused_while_partners_wait_for_the_all_clear_or_a_lever_is_on()
    {
        await using var server = await Played("2027-05-17T13:30:00Z");
        var commander = await server.As("ic-05", roles: ["duty-lead"], clearance: "RED");

        (await commander.Give(CR7, "stand-down", new { reason = "quiet" })).ShouldBe(422)["type"].ShouldBe("/problems/guard-failed");
        await commander.Gives(CR7, "cancel-alert", new { alertId = $"crisisops-{CR7}.1", text = "All clear." });
        await commander.Gives(CR7, "activate-lever", new { kind = "CommentRestriction", scope = "XN", ttl = "PT1H", rightsNote = "Short." });
        (await commander.Give(CR7, "stand-down", new { reason = "quiet" })).ShouldBe(422)["type"].ShouldBe("/problems/guard-failed");
        await commander.Gives(CR7, "deactivate-lever", new { leverId = "LEV-2", reason = "not needed" });
        (await commander.Gives(CR7, "stand-down", new { reason = "quiet" })).State.ShouldBe("StoodDown");
    }

    [Fact]
    public async Task Review_a_crisis_is_not_closed_before_it_is_reviewed_and_every_recommendation_has_an_owner()
    {
        await using var server = await Played("2027-05-20T12:00:00Z");
        var lead = await server.As("duty-lead-01", roles: ["duty-lead"], clearance: "RED");
        var body = new { holdDecision = "HLD-9 kept", recommendations = new[] { "IMP-31", "IMP-32", "IMP-33" } };

        (await lead.Give(CR7, "close", body)).ShouldBeProblem(422, "guard-failed", guard: "review-reviewed");
        await lead.Gives("PIR-2027-0007", "approve");
        (await lead.Give(CR7, "close", body)).ShouldBeProblem(422, "guard-failed", guard: "recommendations-owned");
    }

    private async Task<TestServer> Played(string until)
    {
        var server = new TestServer(postgres);
        await server.InitializeAsync();
        await server.Play((await Story.Norland()).Until(until));
        return server;
    }
}
