using CrisisOps.Server.Escalations;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>A node remembers what a reader's queue begins with, and nobody can tell: each answer is as of its question.</summary>
public sealed class QueueFrontTests(TestServer server, TestPostgres postgres) : IClassFixture<TestServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_node_raises_and_snoozes_is_there_and_gone_on_the_next_page()
    {
        var other = await (await server.StartAnotherNode()).As("spec-05");
        var watcher = await server.As("spec-04");
        await Page(watcher);

        var key = await other.Raised();
        (await Page(watcher)).ShouldContain(key);
        (await other.Post(key, "snooze", new { reason = "their office is closed", until = TimeProvider.System.GetUtcNow().AddHours(3) })).ShouldBeDone();

        (await Page(watcher)).ShouldNotContain(key);
    }

    [Fact]
    public async Task What_was_under_way_when_the_queue_was_read_is_seen_once_it_is_committed_also_when_later_ones_were_before_it()
    {
        var watcher = await server.As("spec-04");
        var (late, early) = (await watcher.Raised(), await watcher.Raised());
        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await Leave(connection, late);

        (await Page(watcher)).ShouldContain(late);
        await server.Database.Execute("delete from crisis.queue_places where key = $1", early);
        var between = await Page(watcher);
        await transaction.CommitAsync(Cancellation);

        between.ShouldNotContain(early);
        between.ShouldContain(late);
        (await Page(watcher)).ShouldNotContain(late);
    }

    [Fact]
    public async Task Moves_are_forgotten_when_every_remembered_queue_has_seen_them_and_not_before()
    {
        var fronts = server.Node.Services.GetRequiredService<QueueFronts>();
        var watcher = await server.As("spec-04");
        var key = await watcher.Raised();
        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await Leave(connection, key);
        await fronts.Forget(Cancellation);
        (await Page(watcher)).ShouldContain(key);

        (await fronts.Forget(Cancellation)).ShouldBeGreaterThan(0);
        await transaction.CommitAsync(Cancellation);
        await fronts.Forget(Cancellation);

        (await server.Database.Scalar<long>("select count(*) from crisis.queue_moves")).ShouldBe(1);
        (await Page(watcher)).ShouldNotContain(key);
    }

    [Fact]
    public async Task The_clock_alone_changes_the_order_and_the_words()
    {
        await using var database = await postgres.CreateDatabase(); // clocks of other cases would run out meanwhile
        await using var node = await TestNode.Start(database.ConnectionString, new NodeOptions());
        var watcher = await node.As("spec-06");
        var start = await watcher.Now();
        var slow = await watcher.Raised(new { proposedSeverity = "SEV4" });
        var legal = await watcher.Raised(new { proposedSeverity = "SEV4", hardDeadline = start.AddHours(6.5) });
        var before = await Page(watcher);
        var moves = await database.Scalar<long>("select count(*) from crisis.queue_moves");

        await watcher.MoveTo(start.AddHours(3).AddSeconds(30));

        (await database.Scalar<long>("select count(*) from crisis.queue_moves")).ShouldBe(moves, "nothing moved by itself, or this shows nothing");
        var rows = (await watcher.Get("/v1/queue?limit=100")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ToList();
        before.ShouldBe([slow, legal]);
        rows[0].GetProperty("key").GetString().ShouldBe(legal);
        rows[0].GetProperty("why").GetString().ShouldStartWith("legal deadline in 3 h 2");
        rows[1].GetProperty("why").GetString().ShouldEndWith("open for 3 h 0 min");
    }

    [Fact]
    public async Task Two_people_with_one_token_each_see_their_own_queue_and_pages_of_any_length()
    {
        var (north, south) = (await server.As("spec-07", regions: ["XN"]), await server.As("spec-07", regions: ["XS"]));
        var (one, two) = (await north.Raised(new { region = new[] { "XN" } }), await south.Raised(new { region = new[] { "XS" } }));

        foreach (var limit in new[] { 100, 1, 100 })
        {
            (await Page(north, limit)).Length.ShouldBeLessThanOrEqualTo(limit);
            (await Page(north)).ShouldContain(one);
            (await Page(north)).ShouldNotContain(two);
            (await Page(south)).ShouldContain(two);
            (await Page(south)).ShouldNotContain(one);
        }
    }

    private static async Task Leave(NpgsqlConnection connection, string key)
    {
        await using var leave = new NpgsqlCommand("delete from crisis.queue_places where key = $1", connection);
        leave.Parameters.Add(new() { Value = key });
        (await leave.ExecuteNonQueryAsync(Cancellation)).ShouldBeGreaterThan(0);
    }

    private static async Task<string[]> Page(Api caller, int limit = 200) =>
        [.. (await caller.Get($"/v1/queue?limit={limit}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("key").GetString()!)];
}
