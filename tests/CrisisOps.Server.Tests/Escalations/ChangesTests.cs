using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>What changed since I last looked: folded per stream, nothing lost, nothing shown that I may not see.</summary>
public sealed class ChangesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Changes_are_folded_per_stream_and_come_once()
    {
        var specialist = await server.As("spec-04");
        var start = (await specialist.Get("/v1/changes")).ShouldBe(200)["cursor"];
        var key = await specialist.Raised();
        (await specialist.Note(key, "first")).ShouldBeDone();
        (await specialist.Note(key, "second")).ShouldBeDone();

        Answer? changes = null;
        await Eventually.Is(async () => (changes = (await specialist.Get($"/v1/changes?after={start}")).ShouldBe(200)).Text.Contains("second", StringComparison.Ordinal), "all changes are told");
        var again = (await specialist.Get($"/v1/changes?after={changes!["cursor"]}")).ShouldBe(200);

        var mine = changes!.Json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("stream").GetString() == key);
        mine.GetProperty("entries").GetInt64().ShouldBe(3);
        mine.GetProperty("newest").GetProperty("headline").GetString().ShouldBe("second");
        again.Text.ShouldNotContain(key);
    }

    [Fact]
    public async Task A_transaction_that_took_its_id_first_and_commits_last_is_not_missed_and_another_database_holds_nothing_up()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        var start = (await specialist.Get("/v1/changes")).ShouldBe(200)["cursor"];
        await using var elsewhere = await Opened("postgres");
        (await specialist.Note(key, "told at once")).ShouldBeDone();
        var early = await Opened(new NpgsqlConnectionStringBuilder(server.Database.ConnectionString).Database!);

        Answer? first = null;
        await Eventually.Is(async () => (first = (await specialist.Get($"/v1/changes?after={start}")).ShouldBe(200)).Text.Contains("told at once", StringComparison.Ordinal), "what is older than the open transaction is told");
        await using (var late = new NpgsqlCommand(
            $"update crisis.timeline set xid = pg_current_xact_id() where stream = '{key}' and version = 1; commit", early))
        {
            await late.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await early.DisposeAsync();
        var second = (await specialist.Get($"/v1/changes?after={first!["cursor"]}")).ShouldBe(200);

        second.Text.ShouldContain(key);
    }

    [Fact]
    public async Task What_I_may_see_no_longer_comes_without_text()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var reader = await server.As("spec-09", clearance: "AMBER");
        var stranger = await server.As("spec-10", regions: ["XS"], clearance: "AMBER");
        var key = await owner.Raised(new { title = "soon restricted" });
        var start = (await reader.Get("/v1/changes")).ShouldBe(200)["cursor"];
        (await owner.Post(key, "raise-tlp", new { to = "RED", reason = "names a victim" })).ShouldBeDone();

        // What was committed is told once nothing older is still on its way, such as the rule that heard of the raise.
        Answer? mine = null;
        await Eventually.Is(async () => (mine = (await reader.Get($"/v1/changes?after={start}")).ShouldBe(200)).Text.Contains(key, StringComparison.Ordinal), "the change is told");
        var theirs = (await stranger.Get($"/v1/changes?after={start}")).ShouldBe(200);

        var item = mine!.Json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("stream").GetString() == key);
        item.GetProperty("noLongerVisible").GetBoolean().ShouldBeTrue();
        item.EnumerateObject().Count().ShouldBe(2);
        theirs.Text.ShouldNotContain(key);
    }

    [Fact]
    public async Task A_cursor_of_another_store_is_gone_and_one_that_is_none_is_refused()
    {
        var specialist = await server.As("spec-04");

        (await specialist.Get($"/v1/changes?after={Server.Hosting.Cursors.Write("changes", "another-store", "1000")}")).ShouldBeProblem(410, "gone");
        (await specialist.Get("/v1/changes?after=zzz")).ShouldBeProblem(422, "validation");
    }

    private async Task<NpgsqlConnection> Opened(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Database.ConnectionString) { Database = database }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var begin = new NpgsqlCommand("begin; select pg_current_xact_id()", connection);
        await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
