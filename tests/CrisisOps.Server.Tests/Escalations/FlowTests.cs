using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>Whole stories of one case over the API.</summary>
public sealed class FlowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task From_raised_to_closed_in_the_steps_the_api_offers()
    {
        var specialist = await server.As("spec-04");
        var lead = await server.As("lead-01", roles: ["duty-lead"]);
        var key = await specialist.Raised(new { requester = new { contactRef = "vault-1" } });
        async Task Step(Api who, string command, object body, string state) => (await who.Post(key, command, body)).ShouldBeDone().State.ShouldBe(state, command);

        await Step(specialist, "acknowledge-receipt", new { }, "Received");
        await Step(specialist, "triage", new { severity = "SEV2", policyArea = "ViolenceAndIncitement", region = new[] { "XN" }, duplicateSearchDone = true }, "Triaged");
        await Step(specialist, "assign", new { assignee = "spec-04", reason = "mine" }, "Assigned");
        await Step(specialist, "start-investigation", new { hypothesis = "a copy" }, "Investigating");
        await Step(specialist, "attach-evidence", new { evidenceRef = "EVD-1" }, "Investigating");
        await Step(specialist, "record-finding", new { summary = "an edited copy" }, "Investigating");
        await Step(specialist, "propose-decision", Decision(), "DecisionProposed");
        await Step(lead, "return-decision", new { reason = "cite the rule" }, "Investigating");
        await Step(specialist, "propose-decision", Decision(), "DecisionProposed");
        await Step(lead, "approve-decision", new { }, "Decided");
        (await specialist.Post(key, "resolve", new { outcome = "ViolationActioned" })).ShouldBeProblem(422, "guard-failed", guard: "actions-done");
        await Step(specialist, "record-enforcement", new { results = new[] { new { action = "RemoveContent", done = true } } }, "Decided");
        (await specialist.Post(key, "resolve", new { outcome = "ViolationActioned" })).ShouldBeProblem(422, "guard-failed", guard: "requester-answered");
        await Step(specialist, "respond-to-requester", new { template = "requester-outcome", disclosureLevel = "Outcome" }, "Decided");
        await Step(specialist, "resolve", new { outcome = "ViolationActioned" }, "Resolved");
        (await specialist.Post(key, "close", new { })).ShouldBeProblem(422, "guard-failed", guard: "dispute-time-over");
        await specialist.Pass(TimeSpan.FromHours(73));

        var closed = (await specialist.Get($"/v1/escalations/{key}")).ShouldBe(200);
        if (closed.State != "Closed")
        {
            await Step(specialist, "close", new { }, "Closed");
        }

        (await specialist.Note(key, "too late")).ShouldBeProblem(409, "illegal-transition");
        (await server.Database.TimelineRows(key)).ShouldBe(await server.Database.Events(key));
    }

    [Fact]
    public async Task Merged_reports_are_counted_at_the_target_and_given_back_by_an_unmerge()
    {
        var specialist = await server.As("spec-04");
        var lead = await server.As("lead-01", roles: ["duty-lead"]);
        var target = await specialist.Raised(new { reportCount = 10 });
        var first = await specialist.Raised(new { reportCount = 3 });
        var second = await specialist.Raised(new { reportCount = 4 });
        (await specialist.Post(second, "merge", new { into = first })).ShouldBeDone().State.ShouldBe("Merged");
        (await specialist.Post(first, "merge", new { into = target })).ShouldBeDone();

        var merged = (await specialist.Get($"/v1/escalations/{target}")).ShouldBe(200).Json;
        merged.GetProperty("totalReportCount").GetInt32().ShouldBe(17);
        merged.GetProperty("mergedReports").EnumerateArray().Select(r => (r.GetProperty("key").GetString(), r.GetProperty("reportCount").GetInt32())).ShouldBe([(first, 3), (second, 4)], ignoreOrder: true);
        (await Queued(specialist)).ShouldNotContain(first);

        (await specialist.Post(first, "unmerge", new { reason = "another attack" })).ShouldBeProblem(403, "forbidden", guard: "role");
        (await lead.Post(first, "unmerge", new { reason = "another attack" })).ShouldBeDone().State.ShouldBe("Received");

        (await specialist.Get($"/v1/escalations/{target}")).Json.TryGetProperty("totalReportCount", out _).ShouldBeFalse();
        (await specialist.Get($"/v1/escalations/{first}")).Json.GetProperty("totalReportCount").GetInt32().ShouldBe(7);
        (await Queued(specialist)).ShouldContain(first);
    }

    [Fact]
    public async Task Merging_two_cases_into_each_other_at_once_leaves_one_of_them_open()
    {
        var specialist = await server.As("spec-04");
        for (var round = 0; round < 10; round++)
        {
            var one = await specialist.Raised();
            var two = await specialist.Raised();

            var answers = await Task.WhenAll(specialist.Post(one, "merge", new { into = two }), specialist.Post(two, "merge", new { into = one }));

            answers.Count(a => a.Ok).ShouldBe(1, string.Join('\n', answers.Select(a => a.Text)));
        }
    }

    [Fact]
    public async Task A_snoozed_case_comes_back_by_itself_at_its_time()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised(new { proposedSeverity = "SEV4" });
        var until = await specialist.Now() + TimeSpan.FromHours(3);
        (await specialist.Post(key, "snooze", new { reason = "their office is closed", until })).ShouldBeDone();
        (await specialist.Get($"/v1/escalations/{key}")).Json.GetProperty("snooze").GetProperty("until").GetDateTimeOffset().ShouldBe(until, TimeSpan.FromMilliseconds(1));
        (await Queued(specialist)).ShouldNotContain(key);

        await specialist.MoveTo(until + TimeSpan.FromSeconds(1));

        (await Queued(specialist)).ShouldContain(key);
        (await specialist.Get($"/v1/timelines/{key}")).Text.ShouldContain("Back in the queue");
    }

    [Fact]
    public async Task What_was_seen_in_the_world_before_is_dated_so_and_the_future_is_refused()
    {
        var specialist = await server.As("spec-04");
        var now = await specialist.Now();
        var key = await specialist.Raised();

        (await specialist.Post(key, "post-note", new { text = "soon", occurredAt = now.AddHours(1) })).ShouldBeProblem(422, "validation", member: "occurredAt");
        (await specialist.Post(key, "post-note", new { text = "seen before", occurredAt = now.AddHours(-1) })).ShouldBeDone();
    }

    private static object Decision() => new
    {
        verdict = "Violation",
        rule = "s.3",
        rationale = "a copy of an attack video",
        actions = new[] { "RemoveContent" },
        territorialScope = new[] { "XN" },
        humanRightsNote = "necessary and proportionate",
        evidenceRefs = new[] { "EVD-1" },
        acknowledgementOverride = "attack in progress",
    };

    private static async Task<IEnumerable<string?>> Queued(Api caller) =>
        (await caller.Get("/v1/queue?limit=500")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select((JsonElement i) => i.GetProperty("key").GetString());
}
