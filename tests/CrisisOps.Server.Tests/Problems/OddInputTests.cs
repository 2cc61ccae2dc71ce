using CrisisOps.Server.Escalations;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Problems;

/// <summary>What nobody sends by accident: refused as what it is, and no fault of ours.</summary>
public sealed class OddInputTests(TestServer server) : IClassFixture<TestServer>
{
    public static TheoryData<QueuePlace> Places =>
    [
        new QueuePlace(DateTimeOffset.MaxValue, 12, 1, 1, "ESC-2026-000001"), new QueuePlace(DateTimeOffset.UnixEpoch, 12, 1e300, 1, "ESC-2026-000001"),
        new QueuePlace(DateTimeOffset.UnixEpoch, 12, double.NaN, 1, "ESC-2026-000001"), new QueuePlace(DateTimeOffset.UnixEpoch, 12, double.NegativeInfinity, 1, "ESC-2026-000001"),
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_place_in_the_queue_that_we_never_gave(QueuePlace place)
    {
        var lead = await server.As("lead-51", ["duty-lead"], ["*"]);

        (await lead.Get($"/v1/queue?cursor={QueueQuery.Cursor(QueueQuery.Mark, place)}")).ShouldBeProblem(422, "validation", member: "cursor");
    }

    [Theory]
    [InlineData("POST", "/v1/intake/rules/dry-run", """{"rules":[],"to":"0001-01-01T00:00:00Z"}""")]
    [InlineData("POST", "/v1/intake/rules/dry-run", """{"rules":[],"from":"9999-12-31T23:59:59Z"}""")]
    [InlineData("POST", "/v1/intake/rules/dry-run", """{"rules":[],"source":"\u0000"}""")]
    [InlineData("POST", "/v1/intake/rules/dry-run", """{"rules":[{"name":"a","severities":null}]}""")]
    [InlineData("PUT", "/v1/intake/rules", """{"rules":[{"name":"a","severities":null}]}""")]
    [InlineData("PUT", "/v1/intake/rules", """{"rules":[{"name":"a","severities":{"x":"SEV1","X":"SEV2"}}]}""")]
    [InlineData("PUT", "/v1/intake/rules", """{"rules":[{"name":"a","sources":["\u0000"]}]}""")]
    [InlineData("PUT", "/v1/directory/people/odd-1", """{"regions":["\u0000"]}""")]
    [InlineData("PUT", "/v1/directory/people/odd-1", """{"regions":["nowhere"]}""")]
    [InlineData("POST", "/v1/deliveries/redeliver", """{"recipient":"\u0000"}""")]
    [InlineData("POST", "/v1/escalations/bulk", """{"command":"post-note","keys":["ESC-\u0000"],"body":{"text":"a"}}""")]
    public async Task A_body_that_no_person_writes(string method, string path, string body)
    {
        var everybody = await server.As("odd-2", ["admin", "partner-manager", "duty-lead"], ["*"], "RED");

        (await everybody.Send(HttpMethod.Parse(method), path, new StringContent(body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json")), null)).ShouldBeProblem(422, "validation");
    }

    [Theory]
    [InlineData("dryRun=True", "dryRun")]
    [InlineData("dryRun=1", "dryRun")]
    [InlineData("dryRun=true&dryRun=true", "dryRun")]
    [InlineData("dryrum=true", "dryrum")]
    public async Task A_dry_run_that_is_misspelt_is_not_done_in_earnest(string query, string member)
    {
        var caller = await server.As("spec-52");
        var before = await server.Database.Everything();

        (await caller.Send(HttpMethod.Post, $"/v1/escalations?{query}", Api.Report())).ShouldBeProblem(422, "validation", member: member);

        (await server.Database.Everything()).ShouldBe(before);
    }
}
