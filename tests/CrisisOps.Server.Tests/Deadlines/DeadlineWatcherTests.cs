using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deadlines;

public sealed class DeadlineWatcherTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Expired = "interim_action_expired";

    [Fact]
    public async Task A_deadline_fires_once_by_itself_when_its_time_comes()
    {
        var api = await server.As("spec-04");
        var due = (await api.Now()).AddHours(1);
        var key = await api.RaisedWithInterimAction(due);
        await api.MoveTo(due.AddSeconds(-1));
        (await server.Database.DeadlineState(key, "InterimActionExpiry")).ShouldBe("Open");

        await Eventually.Is(async () => (await server.Database.Recorded(key, Expired)).Count > 0, "the interim action expires");

        await Task.Delay(300, TestContext.Current.CancellationToken);
        (await server.Database.Recorded(key, Expired)).Count.ShouldBe(1);
        (await server.Database.DeadlineState(key, "InterimActionExpiry")).ShouldBe("Missed");
    }

    [Fact]
    public async Task Two_nodes_fire_each_deadline_once()
    {
        var other = await server.StartAnotherNode();
        var here = await server.As("spec-04");
        var there = await other.As("spec-05");
        var due = (await here.Now()).AddHours(1);
        List<string> keys = [];
        for (var n = 0; n < 30; n++)
        {
            keys.Add(await (n % 2 == 0 ? here : there).RaisedWithInterimAction(due));
        }

        await here.MoveTo(due.AddSeconds(-1));
        await Eventually.Is(
            async () => await server.Database.Scalar<long>("select count(*) from crisis.deadlines where stream = any ($1) and kind = 'InterimActionExpiry' and state = 'Missed'", (object)keys.ToArray()) == keys.Count,
            "all of them have fired");

        (await server.Database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = any ($1) and type = $2", keys.ToArray(), Expired)).ShouldBe(keys.Count);
        server.Log.Errors.ShouldBeEmpty();
        other.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_settled_deadline_does_not_fire()
    {
        var api = await server.As("spec-04");
        var second = await server.As("spec-05");
        var key = await api.RaisedWithInterimAction();
        (await second.Post(key, "confirm-interim-action", new { actionId = "ACT-1" })).ShouldBeDone();

        await api.Pass(TimeSpan.FromHours(5));

        (await server.Database.Recorded(key, Expired)).ShouldBeEmpty();
        (await server.Database.DeadlineState(key, "InterimActionExpiry")).ShouldBe("Met");
    }

    [Fact]
    public async Task A_row_that_no_state_asks_for_is_dropped_and_not_tried_again()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        await server.Database.Execute(
            "insert into crisis.deadlines (stream, kind, ref, generation, due_at) values ($1, 'TaskDue', 'TSK-9', 1, $2), ('ESC-2027-999999', 'SnoozeEnd', '', 1, $2)", key, await api.Now());

        await Eventually.Is(async () => await server.Database.DeadlineState(key, "TaskDue") == "Stale" && await server.Database.DeadlineState("ESC-2027-999999", "SnoozeEnd") == "Stale", "the rows are dropped");

        (await server.Database.Versions(key)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_task_moved_to_a_later_time_fires_at_that_time_only()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        var start = await api.Now();
        (await api.Post(key, "add-task", new { title = "Ask for the original", owner = "spec-04", dueAt = start.AddMinutes(10) })).ShouldBeDone();
        (await api.Post(key, "assign-task", new { taskId = "TSK-1", owner = "spec-05", dueAt = start.AddMinutes(30) })).ShouldBeDone();

        await api.MoveTo(start.AddMinutes(20));
        (await server.Database.Recorded(key, "task_overdue")).ShouldBeEmpty();
        await api.MoveTo(start.AddMinutes(40));

        var overdue = (await server.Database.Recorded(key, "task_overdue")).ShouldHaveSingleItem();
        (overdue - start.AddMinutes(30).UtcDateTime).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(5));
        (await server.Database.DeadlineState(key, "TaskDue")).ShouldBe("Met,Missed");
    }

    [Fact]
    public async Task A_snooze_ends_at_its_time_and_is_not_overdue()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        (await api.Post(key, "snooze", new { reason = "the office opens then", until = (await api.Now()).AddHours(1) })).ShouldBeDone();

        await api.Pass(TimeSpan.FromHours(2));

        (await server.Database.Recorded(key, "escalation_woken")).ShouldHaveSingleItem();
        (await api.Deadlines($"stream={key}&kind=SnoozeEnd")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_nobody_answered_expires()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        (await api.Post(key, "request-input", new { function = "Legal", question = "May we?", dueAt = (await api.Now()).AddHours(1) })).ShouldBeDone();

        await api.Pass(TimeSpan.FromHours(2));

        (await server.Database.Recorded(key, "input_request_expired")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_read_by_break_glass_ends_by_itself_and_only_the_core_team_knows_of_it()
    {
        var api = await server.As("spec-04", clearance: "RED");
        var key = await api.Raised(new { tlp = "AMBER+STRICT" });
        (await api.Post(key, "request-input", new { function = "Legal", question = "May we?", dueAt = (await api.Now()).AddHours(3) })).ShouldBeDone();
        var lead = await server.As("lead-02", roles: ["duty-lead"]);
        (await lead.Get($"/v1/escalations/{key}")).ShouldBe(404);

        (await lead.Post(key, "break-glass-read", new { reason = "the owner can not be reached" })).ShouldBeDone();

        (await lead.Get($"/v1/escalations/{key}")).ShouldBeDone();
        (await api.Deadlines($"stream={key}&kind=BreakGlassEnd,ConsultDue")).Select(d => d.GetProperty("kind").GetString()).ShouldBe(["BreakGlassEnd", "ConsultDue"]);
        var counsel = await server.As("legal-01", roles: ["legal-counsel"], functions: ["Legal"], clearance: "AMBER+STRICT");
        (await counsel.Deadlines($"stream={key}&kind=BreakGlassEnd,ConsultDue")).Select(d => d.GetProperty("kind").GetString()).ShouldBe(["ConsultDue"]);

        await api.Pass(TimeSpan.FromHours(2));

        (await server.Database.Recorded(key, "break_glass_ended")).ShouldHaveSingleItem();
        (await lead.Get($"/v1/escalations/{key}")).ShouldBe(404);
    }
}
