using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>Every committed event becomes a leaf, once, in its stream's order, whoever commits when.</summary>
public sealed class ChainTests(SigningServer server, TestPostgres postgres) : IClassFixture<SigningServer>
{
    [Fact]
    public async Task What_is_posted_on_two_nodes_at_once_is_chained_whole()
    {
        var other = await server.StartAnotherNode();
        var callers = new[] { await server.As("spec-04"), await other.As("spec-05") };
        var keys = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => callers[i % 2].Raised()));

        await Task.WhenAll(Enumerable.Range(0, 240).Select(i => callers[i % 2].Note(keys[i % 6], $"Update {i}")));

        await server.Database.ShouldBeChainedRight();
        (await server.Database.Scalar<long>("select count(*) from crisis.history_leaves where stream = any ($1)", (object)keys)).ShouldBe(246);
    }

    [Fact]
    public async Task An_event_whose_number_is_older_and_whose_commit_is_younger_is_taken_too()
    {
        var specialist = await server.As("spec-04");
        var (late, other) = (await specialist.Raised(), await specialist.Raised());
        await server.Database.Chained();

        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Append(connection, late, 2);
        (await specialist.Note(other, "Numbered later, committed first.")).ShouldBeAt(2);
        await Eventually.Is(async () => await server.Database.Scalar<long>("select count(*) from crisis.history_leaves where stream = $1", other) == 2, "the later one is chained");
        (await server.Database.Scalar<long>("select count(*) from crisis.history_leaves where stream = $1", late)).ShouldBe(1);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await server.Database.ShouldBeChainedRight();
    }

    [Fact]
    public async Task Numbers_that_a_failed_commit_has_burned_hold_nobody_up()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        await server.Database.Execute("select nextval('crisis.mt_events_sequence') from generate_series(1, 50)");
        (await specialist.Note(key, "After the hole.")).ShouldBeAt(2);

        await server.Database.ShouldBeChainedRight();
        await Eventually.Is(async () => await server.Database.Scalar<bool>("select position = (select max(seq_id) from crisis.mt_events) from crisis.history"), "the hole is known to be one");
    }

    [Fact]
    public async Task An_event_that_is_missing_in_the_store_stops_its_own_stream_and_no_other()
    {
        await using var database = await postgres.CreateDatabase();
        string broken;
        await using (var first = await TestNode.Start(database.ConnectionString, new NodeOptions { Settings = new Dictionary<string, string> { ["History:HeadEvery"] = "01:00:00" } }))
        {
            broken = await (await first.As("spec-04")).Raised();
            await database.Chained();
        }

        await using var node = await TestNode.Start(database.ConnectionString, SigningServer.EverySecond);
        var specialist = await node.As("spec-04");
        await database.Execute("update crisis.mt_streams set version = 3 where id = $1", broken);
        await database.Execute(
            """
            insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, user_name)
            values (nextval('crisis.mt_events_sequence'), gen_random_uuid(), $1, 3, '{"text":"After a hole","coreOnly":false}', 'escalation_note_posted', clock_timestamp(), '', 'dba')
            """,
            broken);
        var other = await specialist.Raised();
        await specialist.Note(other, "Business as usual.");

        await Eventually.Is(async () => await database.Scalar<long>("select count(*) from crisis.history_leaves where stream = $1", other) == 2, "the other one is chained");
        await Eventually.Is(() => Task.FromResult(node.Log.All.Any(line => line.Contains($"The history of {broken} can not be chained further", StringComparison.Ordinal))), "it is said");
        (await database.Scalar<long>("select count(*) from crisis.history_leaves where stream = $1", broken)).ShouldBe(1);
    }

    /// <summary>Appends the way another writer would: the stream's row first, then the number.</summary>
    private static async Task Append(NpgsqlConnection connection, string key, long version)
    {
        await using var command = new NpgsqlCommand(
            """
            with moved as (update crisis.mt_streams set version = $2 where id = $1 and version = $2 - 1 returning version)
            insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, user_name)
            select nextval('crisis.mt_events_sequence'), gen_random_uuid(), $1, version, '{"text":"Written by hand","coreOnly":false}', 'escalation_note_posted', clock_timestamp(), '', 'dba' from moved
            """,
            connection);
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = version });
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
