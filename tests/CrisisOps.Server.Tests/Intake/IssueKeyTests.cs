using System.Text.RegularExpressions;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

public sealed partial class IssueKeyTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_key_is_shown_once_and_stands_in_no_table_and_no_log()
    {
        var (manager, source) = await server.Registered();

        var issued = await manager.Give(source, "issue-key", new { name = "ingest host" }, idempotencyKey: "first key");

        var key = issued.ShouldBe(200).Json.GetProperty("apiKey").GetString()!;
        key.ShouldMatch("^[a-z0-9]{32}$");
        issued.Headers["Cache-Control"].ShouldContain("no-store");
        issued.EventId("keyId").ShouldBe("KEY-1");
        (await server.Node.Standing(key)).ShouldBe(SourceStanding.Good);
        (await server.Database.TablesHolding(source)).ShouldContain("crisis.sources", "the search of the store finds what is there");
        (await server.Database.TablesHolding(key)).ShouldBeEmpty();
        server.Log.All.ShouldNotContain(entry => entry.Contains(key, StringComparison.Ordinal));
        (await manager.Get($"/v1/sources/{source}")).Text.ShouldNotContain(key);
        (await manager.Get($"/v1/timelines/{source}")).Text.ShouldNotContain(key);
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_without_the_key_and_says_so()
    {
        var (manager, source) = await server.Registered();
        var first = await manager.Give(source, "issue-key", new { name = "ingest host" }, idempotencyKey: "once");

        var second = (await manager.Give(source, "issue-key", new { name = "ingest host" }, idempotencyKey: "once")).ShouldBe(200);

        second.EventId("keyId").ShouldBe(first.EventId("keyId"));
        second["apiKey"].ShouldBeNull();
        second["note"].ShouldNotBeNull().ShouldContain("shown in the first answer");
        (await manager.Read(source)).GetProperty("keys").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_dry_run_and_a_refusal_make_no_key()
    {
        var (manager, source) = await server.Registered();

        var tried = (await manager.Send(HttpMethod.Post, $"/v1/sources/{source}/issue-key?dryRun=true", new { name = "ingest host" })).ShouldBe(200);
        tried["apiKey"].ShouldBeNull();
        (await manager.Give(source, "issue-key", new { name = "x", validFor = "PT1S" })).ShouldBeProblem(422, "guard-failed", guard: "key-validity");
        (await manager.Give(source, "issue-key", new { name = "x", hash = new string('0', 64) })).Status.ShouldBeOneOf(400, 422);
        (await (await server.Staff("lead-01", "duty-lead")).Give(source, "issue-key", new { name = "x" })).ShouldBeProblem(403, "forbidden", guard: "role");

        (await manager.Read(source)).GetProperty("keys").GetArrayLength().ShouldBe(0);
        for (var n = 0; n < 10; n++)
        {
            await manager.ApiKey(source, new { name = $"host {n}" });
        }

        (await manager.Give(source, "issue-key", new { name = "x" })).ShouldBeProblem(422, "guard-failed", guard: "key-limit");
    }

    [Fact]
    public async Task A_key_ends_when_its_time_is_over()
    {
        var (manager, source) = await server.Registered();
        var key = await manager.ApiKey(source, new { name = "trial", validFor = "PT1H" });
        (await server.Node.Standing(key)).ShouldBe(SourceStanding.Good);

        await Deadlines.Clockwork.Pass(manager, TimeSpan.FromHours(2));

        (await server.Node.Standing(key)).ShouldBe(SourceStanding.KeyEnded);
    }

    [Fact]
    public async Task No_two_keys_are_alike_and_an_unknown_one_is_nobodys()
    {
        var (manager, source) = await server.Registered();
        string[] keys = [await manager.ApiKey(source), await manager.ApiKey(source), await manager.ApiKey(source)];

        keys.Distinct().Count().ShouldBe(3);
        Letters().IsMatch(string.Concat(keys)).ShouldBeTrue();
        (await server.Node.Standing(new string('a', 32))).ShouldBeNull();
        (await server.Node.Standing("short")).ShouldBeNull();
    }

    [GeneratedRegex("[a-z].*[0-9]|[0-9].*[a-z]")]
    private static partial Regex Letters();
}
