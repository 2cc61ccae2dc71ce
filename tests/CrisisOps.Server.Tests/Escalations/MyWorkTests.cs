using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
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
