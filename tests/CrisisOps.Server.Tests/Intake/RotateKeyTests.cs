using CrisisOps.Server.Intake;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>rotate-key, revoke-key, and what suspending does to keys; on two nodes.</summary>
public sealed class RotateKeyTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Both_keys_are_valid_for_the_overlap_and_then_the_new_one_only()
    {
        var (manager, source) = await server.Registered();
        var old = await manager.ApiKey(source);

        var rotated = await manager.Gives(source, "rotate-key", new { keyId = "KEY-1", overlap = "PT1H" });

        var key = rotated.Json.GetProperty("apiKey").GetString()!;
        (rotated.EventId("keyId"), rotated.EventId("oldKeyId")).ShouldBe(("KEY-2", "KEY-1"));
        (await server.Node.Standing(old)).ShouldBe(SourceStanding.Good);
        (await server.Node.Standing(key)).ShouldBe(SourceStanding.Good);
        await manager.Pass(TimeSpan.FromMinutes(61));
        (await server.Node.Standing(old)).ShouldBe(SourceStanding.KeyEnded);
        (await server.Node.Standing(key)).ShouldBe(SourceStanding.Good);
        (await server.Database.TablesHolding(key)).ShouldBeEmpty();
        (await manager.Give(source, "rotate-key", new { keyId = "KEY-1" })).ShouldBeProblem(422, "guard-failed", guard: "key-valid");
        (await manager.Give(source, "rotate-key", new { keyId = "KEY-2", overlap = "P8D" })).ShouldBeProblem(422, "guard-failed", guard: "overlap-range");
        (await manager.Give(source, "revoke-key", new { keyId = "KEY-9" })).ShouldBeProblem(422, "guard-failed", guard: "key-valid");
    }

    [Fact]
    public async Task A_revoked_key_ends_within_a_second_on_another_node()
    {
        var other = await server.StartAnotherNode();
        var (manager, source) = await server.Registered();
        var key = await manager.ApiKey(source);
        (await other.Standing(key)).ShouldBe(SourceStanding.Good, "what was issued just now is known everywhere");

        await manager.Gives(source, "revoke-key", new { keyId = "KEY-1" });

        await Eventually.Is(async () => await other.Standing(key) == SourceStanding.KeyEnded, "the other node knows of it", TimeSpan.FromSeconds(3));
        await Eventually.Is(async () => await server.Node.Standing(key) == SourceStanding.KeyEnded, "this node knows of it", TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_key_of_a_suspended_or_retired_source_says_so()
    {
        var (manager, source) = await server.Registered();
        var key = await manager.ApiKey(source);

        await manager.Gives(source, "suspend", new { reason = "it floods" });
        await Eventually.Is(async () => await server.Node.Standing(key) == SourceStanding.Suspended, "it is suspended");
        await manager.Gives(source, "resume");
        await Eventually.Is(async () => await server.Node.Standing(key) == SourceStanding.Good, "it is resumed");
        await manager.Gives(source, "retire", new { reason = "off" });
        await Eventually.Is(async () => await server.Node.Standing(key) == SourceStanding.Retired, "it is retired");
    }
}
