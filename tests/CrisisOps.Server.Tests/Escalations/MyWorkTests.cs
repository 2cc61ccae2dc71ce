using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>The first page of a shift: mine, what waits for my approval and nobody else's, what is due next.</summary>
public sealed class MyWorkTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Mine_are_the_open_cases_i_own_or_share()
    {
        var me = await server.As("spec-41");
        var key = await Taken(me);
        var other = await me.Raised();
        (await Keys(me, "mine")).ShouldContain(key);
        (await Keys(me, "mine")).ShouldNotContain(other);

        (await me.Post(key, "void", new { reason = "raised by mistake" })).ShouldBeDone();

        (await Keys(me, "mine")).ShouldNotContain(key);
    }

    [Fact]
    public async Task A_decision_waits_for_whoever_may_approve_it_and_not_for_its_proposer()
    {
        var proposer = await server.As("lead-31", roles: ["duty-lead"]);
        var lead = await server.As("lead-32", roles: ["duty-lead"]);
        var cleared = await Expert("expert-31", "Spam");
        var uncleared = await Expert("expert-32", "Privacy");
        var specialist = await server.As("spec-32");
        var key = await Proposed(proposer);

        (await Keys(lead, "waitingForMyApproval")).ShouldContain(key);
        (await Keys(cleared, "waitingForMyApproval")).ShouldContain(key);
        foreach (var not in new[] { proposer, uncleared, specialist })
        {
            (await Keys(not, "waitingForMyApproval")).ShouldNotContain(key);
        }

        // What waits can be given as it is shown.
        var shown = (await cleared.Get("/v1/me/work")).Json.GetProperty("waitingForMyApproval").EnumerateArray().Single(w => w.GetProperty("key").GetString() == key);
        (await cleared.Post(key, shown.GetProperty("command").GetString()!, shown.GetProperty("body"))).ShouldBeDone().State.ShouldBe("Decided");
        (await Keys(lead, "waitingForMyApproval")).ShouldNotContain(key);
    }

    [Fact]
    public async Task An_interim_action_waits_for_a_second_person()
    {
        var taker = await server.As("spec-51");
        var second = await server.As("spec-52");
        var key = await taker.RaisedWithInterimAction();

        (await Keys(taker, "waitingForMyApproval")).ShouldNotContain(key);
        (await Keys(second, "waitingForMyApproval")).ShouldContain(key);
        (await second.Post(key, "confirm-interim-action", new { actionId = "ACT-1" })).ShouldBeDone();
        (await Keys(second, "waitingForMyApproval")).ShouldNotContain(key);
    }

    [Fact]
    public async Task Due_next_are_my_deadlines_in_order_and_those_of_cases_i_lost_sight_of_are_not()
    {
        var me = await server.As("spec-61", clearance: "AMBER");
        var red = await server.As("spec-62", clearance: "RED");
        var now = await me.Now();
        var key = await Taken(me);
        var others = await Taken(red);
        (await me.Post(key, "add-task", new { title = "later", owner = "spec-61", dueAt = now.AddHours(5) })).ShouldBeDone();
        (await me.Post(key, "add-task", new { title = "sooner", owner = "spec-61", dueAt = now.AddHours(2) })).ShouldBeDone();
        (await red.Post(others, "add-task", new { title = "for a colleague", owner = "spec-61", dueAt = now.AddHours(3) })).ShouldBeDone();

        var due = (await me.Get("/v1/me/work")).ShouldBe(200).Json.GetProperty("dueNext").EnumerateArray().Select(d => $"{d.GetProperty("stream").GetString()} {d.GetProperty("ref").GetString()}").ToArray();
        due.Where(d => d.Contains("TSK", StringComparison.Ordinal)).ShouldBe([$"{key} TSK-2", $"{others} TSK-1", $"{key} TSK-1"]);

        (await red.Post(others, "raise-tlp", new { to = "RED", reason = "names a victim" })).ShouldBeDone();
        (await me.Get("/v1/me/work")).ShouldBe(200).Text.ShouldNotContain(others);
    }

    [Fact]
    public async Task At_my_desk_is_what_nobody_has_taken_yet_of_my_function_in_my_region()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        (await admin.Put("/v1/duty/Legal/XN", new { person = "spec-71", channels = new[] { "pager" } })).ShouldBe(200);
        var onDuty = await server.As("spec-71");
        var colleague = await server.As("spec-72");

        var mine = await Raised(colleague, "RightsHolder", "XN-02");
        var elsewhere = await Raised(colleague, "RightsHolder", "XO");
        var otherDesk = await Raised(colleague, "Press", "XN");
        var sent = await Raised(colleague, "Press", "XN");
        (await colleague.Post(sent, "route", new { desk = "Legal", reason = "asks for a takedown" })).ShouldBeDone();

        var found = await Keys(onDuty, "atMyDesk");
        found.ShouldContain(mine);
        found.ShouldContain(sent);
        found.ShouldNotContain(elsewhere);
        found.ShouldNotContain(otherDesk);
        (await Keys(colleague, "atMyDesk")).ShouldBeEmpty();

        (await onDuty.Post(mine, "take", new { policyArea = "Copyright" })).ShouldBeDone();
        (await Keys(onDuty, "atMyDesk")).ShouldNotContain(mine);
    }

    [Fact]
    public async Task As_of_an_instant_it_is_what_was_mine_unowned_at_my_desk_and_due_then()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        (await admin.Put("/v1/duty/Legal/XN", new { person = "spec-73", channels = new[] { "pager" } })).ShouldBe(200);
        (await admin.Put("/v1/directory/people/spec-74", new { roles = new[] { "specialist" }, regions = new[] { "XN" } })).ShouldBe(200);
        var (me, colleague) = (await server.As("spec-73"), await server.As("spec-74"));
        var before = await me.Now();
        var (mine, stays, desk, elsewhere) = (await Taken(me), await Taken(me), await Raised(colleague, "RightsHolder", "XN-02"), await Raised(colleague, "RightsHolder", "XO"));
        (await me.Post(mine, "add-task", new { title = "mine", owner = "spec-73", dueAt = (await me.Now()).AddHours(1) })).ShouldBeDone();
        var others = await Taken(colleague);
        (await colleague.Post(others, "add-task", new { title = "for me", owner = "spec-73", dueAt = (await me.Now()).AddMinutes(10) })).ShouldBeDone();
        await me.Pass(TimeSpan.FromMinutes(5));
        await server.Database.RulesHeard();
        var (then, shown) = (await me.Now(), (await me.Get("/v1/me/work")).ShouldBe(200).Json);
        await me.Pass(TimeSpan.FromMinutes(1));
        (await me.Post(mine, "complete-task", new { taskId = "TSK-1" })).ShouldBeDone();
        (await me.Post(mine, "reassign", new { to = "spec-74", reason = "end of shift" })).ShouldBeDone();
        (await colleague.Post(desk, "take", new { policyArea = "Copyright" })).ShouldBeDone();
        (await colleague.Post(others, "complete-task", new { taskId = "TSK-1" })).ShouldBeDone();
        var (later, brief) = (await me.Now(), await Then(me, before));

        foreach (var part in new[] { "mine", "atMyDesk", "dueNext" })
        {
            (await Then(me, then)).GetProperty(part).GetRawText().ShouldBe(shown.GetProperty(part).GetRawText(), part);
            (await Then(me, later)).GetProperty(part).GetRawText().ShouldBe((await me.Get("/v1/me/work")).ShouldBe(200).Json.GetProperty(part).GetRawText(), part);
        }

        brief.GetRawText().ShouldSatisfyAllConditions([.. new[] { mine, stays, desk, others }.Select(key => (Action<string>)(text => text.ShouldNotContain(key)))]);

        shown.GetProperty("mine").EnumerateArray().Select(c => c.GetProperty("key").GetString()).ShouldBe([mine, stays], ignoreOrder: true);
        shown.GetProperty("atMyDesk").GetRawText().ShouldContain(desk);
        shown.GetRawText().ShouldNotContain(elsewhere);
        shown.GetProperty("dueNext").EnumerateArray().Count(d => d.GetProperty("kind").GetString() == "TaskDue").ShouldBe(2);
        (await Then(me, later)).GetProperty("mine").EnumerateArray().Select(c => c.GetProperty("key").GetString()).ShouldBe([stays]);
        // What waits is asked of commands, and in the past there are none.
        (await Then(me, then)).TryGetProperty("waitingForMyApproval", out _).ShouldBeFalse();

        // Overdue is what was overdue then.
        shown.GetProperty("dueNext").EnumerateArray().ShouldAllBe(d => !d.GetProperty("overdue").GetBoolean());

        // Rights are those of now.
        (await (await server.As("lead-33", roles: ["duty-lead"], clearance: "RED")).Post(mine, "raise-tlp", new { to = "RED", reason = "names a victim" })).ShouldBeDone();
        (await Then(me, then)).GetProperty("mine").EnumerateArray().Select(c => c.GetProperty("key").GetString()).ShouldBe([stays]);
    }

    [Fact]
    public async Task By_the_clock_of_occurrence_it_was_mine_from_when_i_took_it()
    {
        var me = await server.As("spec-75");
        await me.Pass(TimeSpan.FromHours(1));
        var key = await me.Raised();
        await me.Pass(TimeSpan.FromMinutes(20));
        var between = await me.Now();
        await me.Pass(TimeSpan.FromMinutes(10));
        (await me.Post(key, "take", new { policyArea = "Spam", occurredAt = between.AddMinutes(-10) })).ShouldBeDone();

        (await Then(me, between)).GetProperty("mine").GetArrayLength().ShouldBe(0);
        (await Then(me, between, "&clock=occurred")).GetProperty("mine").EnumerateArray().Select(c => c.GetProperty("key").GetString()).ShouldBe([key]);
    }

    [Fact]
    public async Task Whoever_is_on_duty_everywhere_finds_the_cases_of_every_region_now_and_then()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        (await admin.Put("/v1/duty/Comms/*", new { person = "spec-76", channels = new[] { "pager" } })).ShouldBe(200);
        var (onDuty, colleague) = (await server.As("spec-76"), await server.As("spec-77"));
        var key = await Raised(colleague, "Press", "XO");
        var then = await onDuty.Now();

        (await Keys(onDuty, "atMyDesk")).ShouldContain(key);
        await onDuty.Pass(TimeSpan.FromMinutes(1));
        (await colleague.Post(key, "take", new { policyArea = "MediaInquiry" })).ShouldBeDone();
        (await Keys(onDuty, "atMyDesk")).ShouldNotContain(key);
        (await Then(onDuty, then)).GetProperty("atMyDesk").EnumerateArray().Select(c => c.GetProperty("key").GetString()).ShouldContain(key);
    }

    private static async Task<JsonElement> Then(Api caller, DateTimeOffset asOf, string more = "") =>
        (await caller.Get($"/v1/me/work?asOf={TimelineCalls.Instant(asOf)}{more}")).ShouldBe(200).Json;

    private static async Task<string> Raised(Api caller, string source, string region) =>
        (await caller.Raise(new { title = "for a desk", source, surface = "Feed", region = new[] { region } })).ShouldBe(201).Key;

    private async Task<Api> Expert(string id, string area)
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        (await admin.Put($"/v1/directory/people/{id}", new { roles = new[] { "policy-expert" }, clearedAreas = new[] { area } })).ShouldBe(200);
        return await server.As(id, roles: ["policy-expert"]);
    }

    private static async Task<string> Taken(Api me)
    {
        var key = await me.Raised();
        (await me.Post(key, "take", new { policyArea = "Spam" })).ShouldBeDone();
        return key;
    }

    private static async Task<string> Proposed(Api proposer)
    {
        var key = await Taken(proposer);
        (await proposer.Post(key, "attach-evidence", new { evidenceRef = "EVD-1" })).ShouldBeDone();
        (await proposer.Post(key, "propose-decision", new { verdict = "NoViolation", rule = "s.3", rationale = "satire", evidenceRefs = new[] { "EVD-1" }, acknowledgementOverride = "night" })).ShouldBeDone();
        return key;
    }

    private static async Task<List<string?>> Keys(Api caller, string part) =>
        [.. (await caller.Get("/v1/me/work")).ShouldBe(200).Json.GetProperty(part).EnumerateArray().Select(c => c.GetProperty("key").GetString())];
}
