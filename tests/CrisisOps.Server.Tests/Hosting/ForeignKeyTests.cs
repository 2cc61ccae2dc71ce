using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Hosting;

/// <summary>Marten's foreign key from events to streams: each batch proves what it would look up for every event.</summary>
public sealed class ForeignKeyTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Look = """select tgenabled::text from pg_trigger where tgrelid = 'crisis.mt_events'::regclass and tgfoid = '"RI_FKey_check_ins"'::regproc""";

    [Fact]
    public async Task No_event_is_looked_up_twice_and_what_follows_the_removal_of_a_stream_stays()
    {
        (await server.Database.Scalar<string>(Look)).ShouldBe("D");
        (await server.Database.Scalar<string>("""select tgenabled::text from pg_trigger where tgrelid = 'crisis.mt_streams'::regclass and tgfoid = '"RI_FKey_cascade_del"'::regproc""")).ShouldBe("O");
    }

    [Fact]
    public async Task A_user_who_may_not_switch_the_look_off_runs_a_server_with_it()
    {
        var own = new NpgsqlConnectionStringBuilder(server.Database.ConnectionString) { Username = "plain_owner", Password = "plain", Database = "plain_store" };
        await server.Database.Execute("create role plain_owner login password 'plain'");
        await server.Database.Execute("create database plain_store owner plain_owner");

        await using (var process = await ServerProcess.Start(own.ConnectionString))
        {
            var specialist = await process.As("spec-04");
            (await specialist.Note(await specialist.Raised(), "Written under the key.")).ShouldBeAt(2);
        }

        await using var store = NpgsqlDataSource.Create(own.ConnectionString);
        await using var look = store.CreateCommand(Look);
        (await look.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("O");
    }
}
