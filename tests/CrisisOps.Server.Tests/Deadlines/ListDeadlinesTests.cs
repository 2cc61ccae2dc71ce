using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deadlines;

public sealed class ListDeadlinesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task One_person_drives_a_live_attack_in_four_posts_and_the_missed_review_is_overdue_once()
    {
        var alone = await server.As("spec-04");

        var key = await alone.Raised(new { title = "Live video of an attack", surface = "Live", threatToLife = true, proposedSeverity = "SEV1" });
        (await alone.Post(key, "take-interim-action", new { action = "RemoveContent", scope = "the live video and its re-uploads", reason = "attack in progress" })).ShouldBeDone();
        (await alone.Post(key, "refer-to-law-enforcement", new { basis = "ThreatToLife", authority = "Norland National Police", reference = "LEA-77" })).ShouldBeDone();

        (await alone.Deadlines($"stream={key}&overdue=true")).ShouldBeEmpty();
        var review = (await alone.Deadlines($"stream={key}&overdue=false&kind=InterimActionExpiry")).ShouldHaveSingleItem();
        review.GetProperty("kind").GetString().ShouldBe("InterimActionExpiry");
        review.GetProperty("owner").GetString().ShouldBe("spec-04");

        await alone.MoveTo(review.GetProperty("dueAt").GetDateTimeOffset().AddMinutes(1));
        await alone.Pass(TimeSpan.FromHours(6));

        var overdue = (await alone.Deadlines($"stream={key}&overdue=true&kind=InterimActionExpiry")).ShouldHaveSingleItem();
        overdue.GetProperty("ref").GetString().ShouldBe("ACT-1");
        overdue.GetProperty("state").GetString().ShouldBe("Missed");
        overdue.GetProperty("overdueSince").GetDateTimeOffset().ShouldBe(review.GetProperty("dueAt").GetDateTimeOffset());
        (await alone.Deadlines($"stream={key}&kind=InterimActionExpiry")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_task_done_late_leaves_the_overdue_list()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        (await api.Post(key, "add-task", new { title = "Ask for the original", owner = "spec-07", dueAt = (await api.Now()).AddMinutes(10) })).ShouldBeDone();
        await api.Pass(TimeSpan.FromHours(1));
        (await api.Deadlines($"stream={key}&overdue=true&owner=spec-07")).ShouldHaveSingleItem();
        (await api.Deadlines($"stream={key}&owner=spec-08")).ShouldBeEmpty();
        var work = (await (await server.As("spec-07")).Get("/v1/me/work")).ShouldBeDone().Json.GetProperty("dueNext");
        work.EnumerateArray().ShouldHaveSingleItem().GetProperty("overdue").GetBoolean().ShouldBeTrue();

        (await api.Post(key, "complete-task", new { taskId = "TSK-1" })).ShouldBeDone();

        (await api.Deadlines($"stream={key}&kind=TaskDue")).ShouldBeEmpty();
        (await server.Database.DeadlineState(key, "TaskDue")).ShouldBe("Late");
    }

    [Fact]
    public async Task The_clocks_of_a_crisis_stand_on_the_list_for_those_who_see_it()
    {
        var region = StreamCalls.NewRegion();
        var lead = await server.As("lead-01", roles: ["duty-lead"], regions: [region], clearance: "RED");
        var key = (await lead.Propose(region)).ShouldBe(201).Key;
        await lead.Gives(key, "stand-up", new { consequence = 4, virality = 3, certainty = "Observed", codename = "QUARRY" });

        (await lead.Deadlines($"stream={key}")).ShouldNotBeEmpty();
        (await (await server.As("spec-09", regions: ["YY"])).Deadlines($"stream={key}")).ShouldBeEmpty();
        (await (await server.As("exec-01", roles: ["executive"], regions: [region])).Deadlines($"stream={key}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deadlines_are_seen_by_who_sees_the_case()
    {
        var api = await server.As("spec-04", clearance: "RED");
        var key = await api.RaisedWithInterimAction();
        var hidden = await api.Raised(new { tlp = "AMBER+STRICT" });
        (await api.Post(hidden, "take", new { })).ShouldBeDone();
        (await api.Post(hidden, "take-interim-action", new { action = "Demote", scope = "the posts", reason = "spreading" })).ShouldBeDone();

        (await api.Deadlines($"stream={hidden}&kind=InterimActionExpiry")).ShouldHaveSingleItem();
        var elsewhere = await server.As("spec-09", regions: ["XS"]);
        (await elsewhere.Deadlines($"stream={key}")).ShouldBeEmpty();
        var uncleared = await server.As("spec-10");
        (await uncleared.Deadlines($"stream={key}&kind=InterimActionExpiry")).ShouldHaveSingleItem();
        (await uncleared.Deadlines($"stream={hidden}")).ShouldBeEmpty();
        (await (await server.As("exec-01", roles: ["executive"])).Deadlines($"stream={key}")).ShouldBeEmpty();
        (await (await server.As("watch", roles: ["partner"], partner: "PRT-1")).Deadlines($"stream={key}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        var due = (await api.Now()).AddDays(2);
        for (var n = 0; n < 7; n++)
        {
            (await api.Post(key, "add-task", new { title = $"Task {n}", dueAt = due })).ShouldBeDone();
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = (await api.Get($"/v1/deadlines?stream={key}&kind=TaskDue&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBeDone().Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("ref").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.ShouldBe(["TSK-1", "TSK-2", "TSK-3", "TSK-4", "TSK-5", "TSK-6", "TSK-7"]);
        (await api.Get("/v1/deadlines?cursor=nonsense")).ShouldBeProblem(422, "validation", member: "cursor");
        (await api.Get("/v1/deadlines?overdue=maybe")).ShouldBeProblem(422, "validation", member: "overdue");
        (await api.Get("/v1/deadlines?kind=Nonsense")).ShouldBeProblem(422, "validation", member: "kind");
        (await api.Get("/v1/deadlines?overdu=true")).ShouldBeProblem(422, "validation", member: "overdu");
    }
}
