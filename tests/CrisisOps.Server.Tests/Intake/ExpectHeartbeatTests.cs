using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Telling;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>expect-heartbeat, check-heartbeat, mark-heard, and what is counted.</summary>
public sealed class ExpectHeartbeatTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task Heard_of_in_time_it_is_left_alone_and_missed_once_it_is_silent_until_it_is_heard_of_again()
    {
        var (manager, source) = await server.Registered();
        await manager.Gives(source, "expect-heartbeat", new { every = "PT5M" });

        await manager.Pass(TimeSpan.FromMinutes(4));
        await Used(manager, source);
        await manager.Pass(TimeSpan.FromMinutes(4));
        (await server.Recorded(source, "source_heard")).ShouldHaveSingleItem();
        (await server.Recorded(source, "source_fell_silent")).ShouldBeEmpty();

        await manager.Pass(TimeSpan.FromMinutes(30));
        (await server.Recorded(source, "source_fell_silent")).ShouldHaveSingleItem();
        (await manager.Read(source)).TryGetProperty("silentSince", out _).ShouldBeTrue();
        (await manager.Listed("/v1/sources?q=silent")).ShouldContain(source);
        (await server.Database.DeadlineState(source, "HeartbeatDue")).ShouldEndWith("Missed");

        await Used(manager, source);
        await Eventually.Is(async () => (await server.Recorded(source, "source_heard_again")).Length == 1, "it is heard of again");
        (await manager.Read(source)).TryGetProperty("silentSince", out _).ShouldBeFalse();
        (await manager.Listed("/v1/sources?q=silent")).ShouldNotContain(source);
        (await server.Database.DeadlineState(source, "HeartbeatDue")).ShouldEndWith("Late,Open");
    }

    [Fact]
    public async Task Who_is_on_duty_for_engineering_is_told_that_a_source_is_silent_and_not_of_an_exercise()
    {
        var region = StreamCalls.NewRegion();
        var engineer = await Reader.Of(server, functions: ["Engineering"]);
        (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/duty/Engineering/{region}", new { person = engineer.Id, channels = new[] { "Email" } })).ShouldBe(200);
        var (manager, source) = await server.Registered([region]);
        var (_, exercise) = await server.Registered([region]);
        await manager.Gives(exercise, "change", new { exercise = true });
        foreach (var key in new[] { exercise, source })
        {
            await manager.Gives(key, "expect-heartbeat", new { every = "PT5M" });
        }

        await manager.Pass(TimeSpan.FromMinutes(6));

        (await engineer.Next()).Text.ShouldContain($"{(await manager.Read(source)).GetProperty("name").GetString()} is silent since");
        (await server.Recorded(exercise, "source_fell_silent")).ShouldHaveSingleItem();
        (await engineer.Rest()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PT59S", "heartbeat-range")]
    [InlineData("P8D", "heartbeat-range")]
    [InlineData(null, "change-given")]
    public async Task A_promise_has_its_bounds(string? every, string guard)
    {
        var (manager, source) = await server.Registered();
        (await manager.Send(HttpMethod.Post, $"/v1/sources/{source}/expect-heartbeat", every is null ? """{"every":null}""" : $$"""{"every":"{{every}}"}""")).ShouldBeProblem(422, "guard-failed", guard: guard);
    }

    [Fact]
    public async Task Each_use_is_counted_on_every_node_by_its_key()
    {
        var other = await server.StartAnotherNode();
        var (manager, source) = await server.Registered();
        (await manager.Get($"/v1/sources/{source}/uses")).ShouldBe(200).Json.GetProperty("uses").GetInt64().ShouldBe(0);
        var now = await manager.Now();
        for (var n = 0; n < 50; n++)
        {
            server.Node.Uses(source, "KEY-1", now.AddSeconds(-n));
            other.Uses(source, n % 2 == 0 ? "KEY-2" : null, now.AddSeconds(-n - 60));
        }

        await Eventually.Is(async () => (await Counted(manager, source)).GetProperty("uses").GetInt64() == 100, "all of them are counted");

        var counted = await Counted(manager, source);
        counted.GetProperty("keys").EnumerateArray().Select(k => (k.GetProperty("keyId").GetString(), k.GetProperty("uses").GetInt64())).ShouldBe([("KEY-1", 50), ("KEY-2", 25)]);
        (now - counted.GetProperty("lastHeard").GetDateTimeOffset()).ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_was_used_just_before_a_node_stops_is_counted()
    {
        var (manager, source) = await server.Registered();
        await using (var stopping = await TestNode.Start(server.Database.ConnectionString))
        {
            stopping.Uses(source, "KEY-1", await manager.Now());
        }

        (await Counted(manager, source)).GetProperty("uses").GetInt64().ShouldBe(1);
    }

    private static async Task<System.Text.Json.JsonElement> Counted(Api caller, string source) => (await caller.Get($"/v1/sources/{source}/uses")).ShouldBe(200).Json;

    /// <summary>It sends something now, and that is written.</summary>
    private async Task Used(Api caller, string source)
    {
        var before = (await Counted(caller, source)).GetProperty("uses").GetInt64();
        server.Node.Uses(source, "KEY-1", await caller.Now());
        await Eventually.Is(async () => (await Counted(caller, source)).GetProperty("uses").GetInt64() > before, "the use is written");
    }
}
