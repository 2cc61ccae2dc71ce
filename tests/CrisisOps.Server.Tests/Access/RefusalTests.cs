using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>What a refusal says: who could do it, to colleagues; nothing of the case or of colleagues, to partners.</summary>
public sealed class RefusalTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_refusal_names_who_on_shift_or_on_duty_could_do_it()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        await OnShift(admin, "lead-11", ["duty-lead"], ["XN"], "2090-01-01T00:00:00Z");
        await OnShift(admin, "lead-12", ["duty-lead"], ["XS"], "2090-01-01T00:00:00Z");
        await OnShift(admin, "lead-13", ["duty-lead"], ["XN"], "2020-01-01T00:00:00Z");
        (await admin.Put("/v1/duty/Legal/XN", new { person = "legal-11", channels = new[] { "phone" } })).ShouldBe(200);
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        var lead = await specialist.Post(key, "reject", new { reason = "OutOfScope", explanation = "not ours" });
        var legal = await specialist.Post(key, "void-legal-order", new { reason = "forged", notGenuine = true });

        Names(lead.ShouldBeProblem(403, "forbidden", guard: "role")).ShouldBe(["lead-11"]);
        Names(legal.ShouldBeProblem(403, "forbidden", guard: "role")).ShouldBe(["legal-11"]);
    }

    [Fact]
    public async Task A_partner_learns_from_a_refusal_neither_names_nor_the_state_of_the_case()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        await OnShift(admin, "lead-11", ["duty-lead"], ["*"], "2090-01-01T00:00:00Z");
        var specialist = await server.As("spec-04");
        var partner = await server.As("civic-watch", roles: ["partner"], partner: "PRT-9");
        var target = await specialist.Raised();
        var key = await partner.Raised(new { source = "TrustedPartner" });
        (await specialist.Post(key, "merge", new { into = target })).ShouldBeDone();

        foreach (var (command, body) in new (string, object)[]
        {
            ("post-note", new { text = "Hello?" }),
            ("reject", new { reason = "OutOfScope", explanation = "withdrawn" }),
            ("provide-input", new { consultId = "CON-1", text = "It was yesterday." }),
            ("redact-entry", new { entry = 2, reason = "mine" }),
        })
        {
            var answer = await partner.Post(key, command, body);

            answer.Status.ShouldBeInRange(400, 499, answer.Text);
            answer.Text.ShouldNotContain("lead-11");
            answer.Text.ShouldNotContain("Merged");
            answer.Text.ShouldNotContain(target);
        }
    }

    [Fact]
    public async Task A_partner_that_answers_a_question_is_told_that_it_was_taken_and_not_how_the_case_stands()
    {
        var specialist = await server.As("spec-04");
        var partner = await server.As("civic-watch", roles: ["partner"], partner: "PRT-9");
        var key = await partner.Raised(new { source = "TrustedPartner" });
        (await specialist.Post(key, "request-input", new { question = "When was this filmed?", fromRequester = true, dueAt = "2090-01-01T00:00:00Z" })).ShouldBeDone();
        (await specialist.Post(key, "take", new { policyArea = "Spam" })).ShouldBeDone();

        var offered = (await partner.Get($"/v1/escalations/{key}")).Json.GetProperty("commands").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "provide-input");
        var answer = (await partner.Post(key, "provide-input", offered.GetProperty("sample"))).ShouldBeDone();

        answer.Json.TryGetProperty("state", out _).ShouldBeFalse(answer.Text);
        answer.Text.ShouldNotContain("spec-04");
    }

    [Fact]
    public async Task Nobody_approves_their_own_proposal_and_the_refusal_says_what_to_do_instead()
    {
        var lead = await server.As("lead-01", roles: ["duty-lead"]);
        var key = await lead.Raised(new { evidenceRefs = new[] { "EVD-1" } });
        (await lead.Post(key, "take", new { policyArea = "Spam" })).ShouldBeDone();
        (await lead.Post(key, "propose-decision", new { verdict = "NoViolation", rule = "s.3", rationale = "satire", evidenceRefs = new[] { "EVD-1" }, acknowledgementOverride = "night" })).ShouldBeDone();

        var refused = (await lead.Post(key, "approve-decision", new { })).ShouldBeProblem(422, "guard-failed", guard: "four-eyes");

        refused.Json.GetProperty("instead").EnumerateArray().Select(c => c.GetString()).ShouldContain("take-interim-action");
        (await (await server.As("lead-02", roles: ["duty-lead"])).Post(key, "approve-decision", new { })).ShouldBeDone();
    }

    [Fact]
    public async Task Tlp_denied_is_for_writing_above_ones_own_clearance_only()
    {
        var specialist = await server.As("spec-04", clearance: "AMBER");
        var key = await specialist.Raised();

        (await specialist.Post(key, "post-note", new { text = "secret", tlp = "RED" })).ShouldBeProblem(403, "tlp-denied");
        (await specialist.Post(key, "raise-tlp", new { to = "RED", reason = "names a source" })).ShouldBeProblem(403, "tlp-denied");
        (await specialist.Raise(new { tlp = "AMBER+STRICT" })).ShouldBeProblem(403, "tlp-denied");
        var hidden = await (await server.As("spec-05", clearance: "RED")).Raised(new { tlp = "AMBER+STRICT" });
        (await specialist.Post(hidden, "post-note", new { text = "I guess", tlp = "AMBER" })).ShouldBeProblem(404, "not-found");
        (await server.Database.Versions(key)).ShouldBe([1L]);
    }

    [Fact]
    public async Task A_case_out_of_sight_is_no_target_of_a_merge_and_no_other_than_one_that_is_not_there()
    {
        var specialist = await server.As("spec-04", regions: ["XN"]);
        var hidden = await (await server.As("spec-07", regions: ["XS"])).Raised(new { region = new[] { "XS" } });
        var key = await specialist.Raised();

        var one = (await specialist.Post(key, "merge", new { into = hidden })).ShouldBeProblem(422, "guard-failed", guard: "target-exists");
        var none = (await specialist.Post(key, "merge", new { into = "ESC-1999-000001" })).ShouldBeProblem(422, "guard-failed", guard: "target-exists");

        one.Text.Replace(hidden, "ESC-1999-000001", StringComparison.Ordinal).ShouldBe(none.Text);
    }

    private static async Task OnShift(Api admin, string id, string[] roles, string[] regions, string until) =>
        (await admin.Put($"/v1/directory/people/{id}", new { roles, regions, clearance = "RED", onShiftUntil = until })).ShouldBe(200);

    private static IEnumerable<string?> Names(Answer refused) => refused.Json.GetProperty("whoCould").EnumerateArray().Select(n => n.GetString());
}
