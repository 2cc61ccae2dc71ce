using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>One command on many cases: an outcome for each, and it can simply be sent again.</summary>
public sealed class BulkTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Each_case_has_an_outcome_of_its_own()
    {
        var specialist = await server.As("spec-04");
        var abroad = await server.As("spec-07", regions: ["XS"]);
        var one = await specialist.Raised();
        var hidden = await abroad.Raised(new { region = new[] { "XS" } });
        var here = await server.As("spec-05", regions: ["XN"]);

        var answer = (await here.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("post-note", [one, hidden, "ESC-1999-000001"], new { text = "To all." }))).ShouldBe(200);

        var outcomes = answer.Json.GetProperty("outcomes").EnumerateArray().ToDictionary(o => o.GetProperty("key").GetString()!, o => o.GetProperty("status").GetInt32());
        outcomes.ShouldBe(new Dictionary<string, int> { [one] = 200, [hidden] = 404, ["ESC-1999-000001"] = 404 });
        (await server.Database.Versions(one)).ShouldBe([1L, 2L]);
        (await server.Database.Versions(hidden)).ShouldBe([1L]);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_a_repeat_writes_once()
    {
        var specialist = await server.As("spec-04");
        string[] keys = [await specialist.Raised(), await specialist.Raised()];
        var before = await server.Database.Everything();

        (await specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("take", keys, new { }, dryRun: true))).ShouldBe(200).Text.ShouldContain("InvestigationStarted");
        (await server.Database.Everything()).ShouldBe(before);

        var first = await specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("take", keys, new { }), idempotencyKey: "bulk-1");
        var second = await specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("take", keys, new { }), idempotencyKey: "bulk-1");
        second.Text.ShouldBe(first.Text);
        (await server.Database.Versions(keys[0])).ShouldBe([1L, 2L, 3L, 4L]);
    }

    [Fact]
    public async Task A_wrong_command_or_body_is_refused_as_a_whole()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();

        (await specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("explode", [key], new { }))).ShouldBeProblem(422, "validation", member: "command");
        (await specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("expire-interim-action", [key], new { actionId = "ACT-1" }))).ShouldBeProblem(422, "validation", member: "command");
        (await specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("post-note", [key], new { txt = "a" }))).ShouldBeProblem(422, "validation");
        (await specialist.Send(HttpMethod.Post, "/v1/escalations/bulk", Request("post-note", [], new { text = "a" }))).ShouldBeProblem(422, "validation", member: "keys");
        (await server.Database.Versions(key)).ShouldBe([1L]);
    }

    private static object Request(string command, string[] keys, object body, bool dryRun = false) => new { command, keys, body, dryRun };
}
