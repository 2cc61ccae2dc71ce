using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>Everybody who watches sees every entry once and in order, whatever happens to connections, nodes and transactions.</summary>
public sealed class LiveTimelineTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Eight_clients_on_two_nodes_that_come_and_go_see_two_thousand_posts_once_and_in_order()
    {
        const int clients = 8;
        const int posts = 2000;
        var other = await server.StartAnotherNode();
        var poster = await server.As("spec-04");
        var key = await poster.Raised();
        // One stays open all the while in another database of the cluster, and one took its id before everything and commits last.
        await using var elsewhere = await Opened(new NpgsqlConnectionStringBuilder(server.Database.ConnectionString) { Database = "postgres" });
        await using var early = await Opened(new NpgsqlConnectionStringBuilder(server.Database.ConnectionString));
        using var patience = new CancellationTokenSource(_patience);

        var reading = Enumerable.Range(0, clients).Select(i => Watch(key, poster.Token!, i, [server.Node, other], posts + 2, patience.Token)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            var there = i % 2 == 0 ? poster : other.With(poster.Token);
            for (var n = 0; n < posts / 16; n++)
            {
                (await there.Note(key, $"Update {n} of {i}")).ShouldBeDone();
            }
        }));
        await AppendBySql(early, key, posts + 2);
        var watchers = await Task.WhenAll(reading);

        foreach (var watcher in watchers)
        {
            watcher.Versions.ShouldBe(Enumerable.Range(1, posts + 2).Select(v => (long)v));
        }
    }

    [Fact]
    public async Task A_raised_secrecy_ends_the_stream_of_whoever_may_not_read_it_any_more()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var reader = await server.As("spec-09", clearance: "AMBER");
        var key = await owner.Raised();
        (await owner.Note(key, "Before")).ShouldBeDone();
        using var patience = new CancellationTokenSource(_patience);
        var watcher = new LiveReader(key);
        var reading = watcher.Read(server.Node, reader.Token!, w => w.Events.Any(e => e.Name == "hidden"), patience.Token);
        await Eventually.Is(() => Task.FromResult(watcher.Versions.Count == 2), "both entries came");

        (await owner.Post(key, "raise-tlp", new { to = "RED", reason = "names a victim" })).ShouldBeDone();
        await reading;

        watcher.Events[^1].Name.ShouldBe("hidden");
        watcher.Events[^1].Data.GetProperty("timeline").GetString().ShouldBe(key);
        watcher.Versions.ShouldBe([1L, 2L]);
        (await reader.Get($"/v1/timelines/{key}")).ShouldBeProblem(404, "not-found");
        (await reader.Get($"/v1/timelines/{key}/live")).ShouldBeProblem(404, "not-found");
        (await reader.Get($"/v1/escalations/{key}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_correction_reaches_a_consulted_function_live_and_hides_the_old_text()
    {
        var owner = await server.As("spec-04");
        var legal = await server.As("legal-01", roles: ["analyst"], functions: ["Legal"]);
        var key = await owner.Raised();
        (await owner.Post(key, "request-input", new { question = "May this stay up?", function = "Legal", dueAt = "2090-01-01T00:00:00Z" })).ShouldBeDone();
        (await owner.Note(key, "11 injured")).ShouldBeDone();
        using var patience = new CancellationTokenSource(_patience);
        var watcher = new LiveReader(key);
        var reading = watcher.Read(server.Node, legal.Token!, w => w.Versions.Contains(4), patience.Token);
        await Eventually.Is(() => Task.FromResult(watcher.Versions.Contains(3)), "the note came");

        (await owner.Post(key, "correct-note", new { entry = 3, text = "number of injured not confirmed", reason = "credibility 3" })).ShouldBeDone();
        await reading;

        watcher.Events.ShouldContain(e => e.Name == "hidden" && e.Data.GetProperty("entryId").GetString() == $"{key}@3");
        var seen = await legal.Get($"/v1/timelines/{key}");
        seen.Text.ShouldNotContain("11 injured");
        seen.Text.ShouldContain("corrected at");
        (await owner.Get($"/v1/timelines/{key}")).Text.ShouldContain("11 injured");
    }

    [Fact]
    public async Task A_cursor_that_is_none_is_refused()
    {
        var owner = await server.As("spec-04");
        var key = await owner.Raised();

        (await owner.Get($"/v1/timelines/{key}/live?after=nonsense")).ShouldBeProblem(422, "validation");
    }

    private static async Task<LiveReader> Watch(string key, string token, int number, TestNode[] nodes, int wanted, CancellationToken cancellation)
    {
        var random = new Random(number);
        var watcher = new LiveReader(key);
        while (watcher.Versions.Count < wanted)
        {
            var pause = watcher.Versions.Count + random.Next(1, 400);
            await watcher.Read(nodes[random.Next(nodes.Length)], token, w => w.Versions.Count >= Math.Min(pause, wanted), cancellation);
        }

        return watcher;
    }

    private static async Task<NpgsqlConnection> Opened(NpgsqlConnectionStringBuilder settings)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var begin = new NpgsqlCommand("begin; select pg_current_xact_id()", connection);
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Another writer, in the transaction that took its id first.</summary>
    private static async Task AppendBySql(NpgsqlConnection early, string key, long version)
    {
        await using var append = new NpgsqlCommand(
            $$"""
            update crisis.mt_streams set version = {{version}} where id = '{{key}}';
            insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, user_name)
            select nextval('crisis.mt_events_sequence'), gen_random_uuid(), stream_id, {{version}}, data, type, now(), mt_dotnet_type, 'psql'
              from crisis.mt_events where stream_id = '{{key}}' and version = 2;
            insert into crisis.timeline (stream, version, recorded_at, occurred_at, kind, event_type, author, tlp, core, cross_functional)
            select stream, {{version}}, now(), now(), kind, event_type, 'psql', tlp, '{"version":{{version}}}', '' from crisis.timeline where stream = '{{key}}' and version = 2;
            commit;
            """,
            early);
        await append.ExecuteNonQueryAsync();
    }
}
