using System.Diagnostics;
using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Scenarios;

public sealed class ScenarioPlayerTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_server_plays_into_an_empty_store_says_ready_then_and_does_not_play_again()
    {
        await using var database = await postgres.CreateDatabase();
        var watch = Stopwatch.StartNew();
        await using var server = await ServerProcess.Start(database.ConnectionString, new Dictionary<string, string> { ["Play"] = Story.NorlandFile });
        await Ready(server, 1);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(40));
        var events = await database.Events();
        (await database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = any ($1)", (object)NorlandRows.Seven)).ShouldBe(103);
        server.Output.ToList().FindIndex(l => l.StartsWith("Played", StringComparison.Ordinal)).ShouldBeLessThan(server.Output.ToList().FindIndex(IsReady));

        await server.Kill();
        await server.Restart();
        await Ready(server, 2);

        (await database.Events()).ShouldBe(events);
        var now = (await (await server.As("spec-04")).Get("/dev/clock")).Json.GetProperty("now").GetDateTimeOffset();
        now.ShouldBeGreaterThan((await Story.Norland()).Steps[^1].At);
    }

    [Fact]
    public async Task A_step_that_fails_is_named_with_its_reason()
    {
        await using var database = await postgres.CreateDatabase();
        await using var node = await TestNode.Start(database.ConnectionString);
        using var http = new HttpClient { BaseAddress = node.Url };
        var norland = await Story.Norland();

        var unassigned = norland with { Steps = [norland.Step("/v1/escalations"), norland.Step("ESC-2027-000101/start-investigation")] };
        var refused = await Should.ThrowAsync<ScenarioFailedException>(() => new ScenarioPlayer(http).Play(unassigned, TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("step 2 (2027-05-15T14:00:30Z, spec-04, POST /v1/escalations/ESC-2027-000101/start-investigation): 409");

        var stranger = norland with { Steps = [norland.Steps[1] with { As = "nobody" }] };
        (await Should.ThrowAsync<ScenarioFailedException>(() => new ScenarioPlayer(http).Play(stranger, TestContext.Current.CancellationToken))).Message.ShouldContain("'nobody'");
    }

    [Fact]
    public async Task A_scenario_that_fails_ends_the_server()
    {
        await using var database = await postgres.CreateDatabase();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"title":"x","callers":{},"stepps":[]}""", TestContext.Current.CancellationToken);
            await using var server = await ServerProcess.Start(database.ConnectionString, new Dictionary<string, string> { ["Play"] = file }, ready: false);

            (await server.Exit()).ShouldBe(1);

            server.Output.ShouldContain(line => line.Contains("stepps", StringComparison.Ordinal));
            server.Output.ShouldNotContain(line => IsReady(line));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool IsReady(string line) => line.StartsWith("CrisisOps is ready", StringComparison.Ordinal);

    private static Task Ready(ServerProcess server, int times) =>
        Eventually.Is(() => Task.FromResult(server.Output.Count(IsReady) == times), "the server says that it is ready", TimeSpan.FromSeconds(40));
}
