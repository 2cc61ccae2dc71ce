using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Elections;

/// <summary>The clocks of an election, on a clock that is moved.</summary>
public sealed class ElectionDeadlineTests(TestServer server, TestPostgres postgres) : IClassFixture<TestServer>
{
    private static readonly string[] _phases = ["PreElection", "SilencePeriod", "Voting", "Counting", "Certification", "PostElection"];

    [Fact]
    public async Task Phases_begin_in_order_and_at_their_times()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var now = await lead.Now();
        var key = await lead.Scheduled(StreamCalls.NewRegion());
        await lead.MoveTo(now.AddDays(2.5));
        (await lead.Read(key)).GetProperty("severityFloor").GetString().ShouldBe("SEV2");

        await lead.MoveTo(now.AddDays(7));

        (await Entered(server.Database, key)).ShouldBe(_phases.Select(phase => $"{phase} Schedule 1"));
        var recorded = await server.Database.Recorded(key, "election_phase_entered");
        recorded.Select((at, index) => at - now.AddDays(index + 1).UtcDateTime).ShouldAllBe(late => late > TimeSpan.FromSeconds(-2) && late < TimeSpan.FromSeconds(30));
        (await lead.Read(key)).TryGetProperty("severityFloor", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_timer_of_an_amended_schedule_does_nothing()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var key = await lead.Scheduled(StreamCalls.NewRegion());
        var now = await lead.Now();
        await lead.Gives(key, "amend-schedule", new { phases = ElectionStories.Phases(now, shift: 1), reason = "the authority moved it" });

        await lead.MoveTo(now.AddDays(1.5));
        (await Entered(server.Database, key)).ShouldBeEmpty();
        await lead.MoveTo(now.AddDays(2.5));

        (await Entered(server.Database, key)).ShouldBe(["PreElection Schedule 2"]);
        (await server.Database.DeadlineState(key, "ElectionPhaseDue")).ShouldBe("Met,Met,Open");
    }

    [Fact]
    public async Task A_phase_entered_by_hand_is_not_entered_again_by_the_clock()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var key = await lead.Scheduled(StreamCalls.NewRegion());
        (await lead.Give(key, "enter-phase", new { phase = "Voting", reason = "early" })).ShouldBeProblem(422, "guard-failed", guard: "legal-predecessor");
        (await lead.Give(key, "enter-phase", new { phase = "PreElection" })).ShouldBeProblem(422, "guard-failed", guard: "reason-given");
        await lead.Gives(key, "enter-phase", new { phase = "PreElection", reason = "the campaign began early" });

        await lead.Pass(TimeSpan.FromDays(1.5));

        (await Entered(server.Database, key)).ShouldBe(["PreElection Manual 1"]);
    }

    [Fact]
    public async Task A_measure_and_an_operations_center_end_at_their_times()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var key = await lead.Scheduled(StreamCalls.NewRegion());
        var now = await lead.Now();
        (await lead.Give(key, "change-posture", new { posture = "OperationsCenter", plannedUntil = now.AddHours(4) })).ShouldBeProblem(422, "guard-failed", guard: "staffed-shifts");
        await lead.Gives(key, "change-posture", new { posture = "OperationsCenter", plannedUntil = now.AddHours(4), unstaffedReason = "the lead stays" });
        await lead.Gives(key, "activate-measure", new { kind = "PoliticalAdsPause", expiresAt = now.AddHours(2) });
        (await lead.Give(key, "activate-measure", new { kind = "ResultsPanel", expiresAt = now.AddDays(-1) })).ShouldBeProblem(422, "guard-failed", guard: "measure-expiry");

        await lead.MoveTo(now.AddHours(5));

        (await server.Database.Column<string>("select type from crisis.mt_events where stream_id = $1 order by version desc limit 2", key)).ShouldBe(["posture_changed", "election_measure_lifted"]);
        var election = await lead.Read(key);
        election.GetProperty("measures")[0].GetProperty("active").GetBoolean().ShouldBeFalse();
        election.GetProperty("posture").GetString().ShouldNotBe("OperationsCenter");
    }

    [Fact]
    public async Task Phases_that_were_due_while_no_server_ran_begin_in_their_order_afterwards()
    {
        await using var database = await postgres.CreateDatabase();
        string key;
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            key = await (await node.As("el-01", roles: ["election-lead"])).Scheduled("XN");
        }

        await database.Execute("insert into crisis.settings (name, value) values ('clock-offset', $1) on conflict (name) do update set value = excluded.value", $"{TimeSpan.FromDays(4.5).Ticks}");
        await using var later = await TestNode.Start(database.ConnectionString);

        await Eventually.Is(async () => (await Entered(database, key)).Count >= 4, "the phases have begun");
        (await Entered(database, key)).ShouldBe(_phases.Take(4).Select(phase => $"{phase} Schedule 1"));
    }

    private static Task<List<string>> Entered(TestDatabase database, string key) => database.Column<string>(
        "select data->>'phase' || ' ' || (data->>'trigger') || ' ' || (data->>'scheduleVersion') from crisis.mt_events where stream_id = $1 and type = 'election_phase_entered' order by version", key);
}
