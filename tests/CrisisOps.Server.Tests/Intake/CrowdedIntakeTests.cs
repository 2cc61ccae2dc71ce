using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A node on which little may wait, and which stores one alert after the other.</summary>
public sealed class CrowdedServer(TestPostgres postgres) : TestServer(postgres)
{
    protected override NodeOptions Options => new() { Settings = new Dictionary<string, string> { ["Intake:WaitingLimit"] = "10", ["Intake:Chunk"] = "1" } };
}

public sealed class CrowdedIntakeTests(CrowdedServer server) : IClassFixture<CrowdedServer>
{
    [Fact]
    public async Task While_too_much_of_a_source_waits_its_next_alert_is_sent_away_and_another_source_is_served()
    {
        var (crowd, other) = (await server.Feed(), await server.Feed());
        var flooding = crowd.Bulk(Enumerable.Range(0, 1_000).Select(n => Alert($"crowd-{n % 50}").Line()));
        await Eventually.Is(async () => await server.Stored(crowd) > 0, "the bulk is on its way");

        var next = await crowd.Send(Alert("next"));

        next.ShouldBeProblem(429, "rate-limited").RetryAfter.ShouldNotBeNull();
        await other.Sends(Alert("other"));
        flooding.IsCompleted.ShouldBeFalse();
        (await flooding).Count(a => a.TryGetProperty("receipt", out _)).ShouldBe(1_000);
        await crowd.Sends(Alert("next"));
        (await server.Stored(crowd)).ShouldBe(1_001);
    }
}
