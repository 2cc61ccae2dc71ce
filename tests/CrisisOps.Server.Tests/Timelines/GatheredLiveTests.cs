using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>Whoever watches a crisis gets every entry of every linked stream once, in the order of commits, on whatever node.</summary>
public sealed class GatheredLiveTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_link_sends_the_past_to_whoever_watches_already_and_each_entry_once()
    {
        var (crisis, escalation) = await Apart(notes: 4);
        using var patience = new CancellationTokenSource(_patience);
        var watcher = new LiveReader(crisis.Key);
        var reading = watcher.Read(server.Node, crisis.Lead.Token!, w => w.Saw("after the link"), patience.Token);
        await Eventually.Is(() => Task.FromResult(watcher.Events.Count > 0), "the crisis came");

        await server.Link(crisis.Lead, escalation, crisis.Key);
        (await crisis.Lead.Note(escalation, "after the link")).ShouldBeDone();
        await reading;

        watcher.Ids.ShouldBeUnique();
        watcher.Ids.ShouldBe((await crisis.Lead.Timeline(crisis.Key)).Ids(), ignoreOrder: true);
        watcher.VersionsOf(escalation).ShouldBe([1L, 2L, 3L, 4L, 5L, 6L, 7L]);
        watcher.Events.ShouldAllBe(e => e.Name == "entry");
    }

    [Fact]
    public async Task A_reader_who_comes_and_goes_between_nodes_misses_nothing_and_gets_nothing_twice_while_streams_are_linked_and_transactions_held()
    {
        var seed = Environment.TickCount;
        var other = await server.StartAnotherNode();
        var (crisis, first) = await Apart(notes: 10);
        var second = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        using var patience = new CancellationTokenSource(_patience);
        // Took its id before all that follows, and commits in the middle of it: nothing is final meanwhile.
        await using var early = await Writing(crisis.Key);
        var reading = Enumerable.Range(0, 6).Select(i => Watch(crisis, new Random(seed + i), [server.Node, other], patience.Token)).ToArray();

        await crisis.Lead.Gives(first, "link-to-crisis", new { crisisKey = crisis.Key });
        for (var i = 0; i < 30; i++)
        {
            (await (i % 2 == 0 ? crisis.Lead : other.With(crisis.Lead.Token)).Note(i % 3 == 0 ? second : first, $"more {i}")).ShouldBeDone();
            if (i == 10)
            {
                await early.Commit();
            }

            if (i == 15)
            {
                await crisis.Lead.Gives(second, "link-to-crisis", new { crisisKey = crisis.Key });
            }
        }

        await server.Database.RulesHeard();
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "the end" });
        var whole = (await crisis.Lead.Timeline(crisis.Key)).Ids();
        foreach (var watcher in await Task.WhenAll(reading))
        {
            watcher.Ids.ShouldBeUnique($"seed {seed}");
            watcher.Ids.ShouldBe(whole, ignoreOrder: true, $"seed {seed}");
            foreach (var stream in (string[])[first, second])
            {
                var versions = watcher.VersionsOf(stream);
                versions.ShouldBe(Enumerable.Range(1, versions.Length).Select(v => (long)v), $"seed {seed}");
            }
        }
    }

    [Fact]
    public async Task While_a_transaction_is_open_nothing_after_it_is_sent_and_a_page_has_no_live_cursor()
    {
        var (crisis, escalation) = await Apart(notes: 1);
        await server.Link(crisis.Lead, escalation, crisis.Key);
        var settled = (await crisis.Lead.Settled(crisis.Key))["live"];
        using var patience = new CancellationTokenSource(_patience);
        var watcher = new LiveReader(crisis.Key, settled);
        await using (var early = await Writing(crisis.Key))
        {
            (await crisis.Lead.Note(escalation, "written meanwhile")).ShouldBeDone();
            var page = (await crisis.Lead.Get($"/v1/timelines/{crisis.Key}?limit=500")).ShouldBe(200);
            page.Text.ShouldContain("written meanwhile"); // a page shows it at once
            page.Json.TryGetProperty("live", out _).ShouldBeFalse();
            using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await Should.ThrowAsync<OperationCanceledException>(() => watcher.Read(server.Node, crisis.Lead.Token!, w => w.Ids.Length > 0, brief.Token));
            await early.Commit();
        }

        await watcher.Read(server.Node, crisis.Lead.Token!, w => w.Saw("written meanwhile"), patience.Token);
        watcher.Ids.Length.ShouldBe(2);
        watcher.Events[^1].Data.Headline().ShouldBe("written meanwhile");
    }

    [Fact]
    public async Task The_live_stream_goes_on_where_the_page_of_a_crisis_ended()
    {
        var (crisis, escalation) = await Apart(notes: 2);
        await server.Link(crisis.Lead, escalation, crisis.Key);
        foreach (var order in (string[])["occurred", "recorded"])
        {
            var page = await crisis.Lead.Settled(crisis.Key, $"order={order}&limit=500");
            (await crisis.Lead.Note(escalation, $"after the page {order}")).ShouldBeDone();
            using var patience = new CancellationTokenSource(_patience);
            var watcher = new LiveReader(crisis.Key, page["live"]);
            await watcher.Read(server.Node, crisis.Lead.Token!, w => w.Ids.Length > 0, patience.Token);
            watcher.Events.Select(e => e.Data.Headline()).ShouldBe([$"after the page {order}"]);
        }

        (await crisis.Lead.Get($"/v1/timelines/{crisis.Key}?limit=1")).ShouldBe(200).Json.TryGetProperty("live", out _).ShouldBeFalse();
    }

    private async Task<(CrisisStories.Crisis Crisis, string Escalation)> Apart(int notes)
    {
        var crisis = await server.StandUp();
        var escalation = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        for (var i = 0; i < notes; i++)
        {
            (await crisis.Lead.Note(escalation, $"note {i}")).ShouldBeDone();
        }

        return (crisis, escalation);
    }

    private static async Task<LiveReader> Watch(CrisisStories.Crisis crisis, Random random, TestNode[] nodes, CancellationToken cancellation)
    {
        var watcher = new LiveReader(crisis.Key);
        while (!watcher.Saw("the end"))
        {
            var pause = watcher.Ids.Length + random.Next(1, 12);
            await watcher.Read(nodes[random.Next(nodes.Length)], crisis.Lead.Token!, w => w.Ids.Length >= pause || w.Saw("the end"), cancellation);
        }

        return watcher;
    }

    /// <summary>Another writer, whose transaction has its id and a row and is not committed yet.</summary>
    private async Task<Writer> Writing(string key)
    {
        var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var stream = $"ESC-2020-{Random.Shared.Next(100_000, 999_999)}";
        await using var write = new NpgsqlCommand(
            $$"""
            begin;
            insert into crisis.escalations select (jsonb_populate_record(e, jsonb_build_object('key', '{{stream}}', 'natural_key', null))).* from crisis.escalations e where not queued or queued limit 1;
            insert into crisis.timeline (stream, version, recorded_at, occurred_at, kind, event_type, author, tlp, core, cross_functional)
            values ('{{stream}}', 1, now(), now(), 'Note', 'EscalationNotePosted', 'psql', 0, '{"entryId":"{{stream}}@1","stream":"{{stream}}","version":1,"headline":"by hand","recordedAt":"2020-01-01T00:00:00Z","occurredAt":"2020-01-01T00:00:00Z"}', '');
            insert into crisis.places (timeline, stream, version, recorded_at, occurred_at) values ('{{key}}', '{{stream}}', 1, now(), now());
            """,
            connection);
        await write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new Writer(connection);
    }

    private sealed class Writer(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async Task Commit()
        {
            await using var commit = new NpgsqlCommand("commit", connection);
            await commit.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
