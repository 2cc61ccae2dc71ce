using CrisisOps.Server.Hosting;
using CrisisOps.Server.Rebuilds;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Rebuilds;

/// <summary>Every read model built anew from the events, compared with the live one, and put right when told to.</summary>
public sealed class RebuildTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task What_the_server_wrote_is_what_the_events_say_also_while_others_post()
    {
        var crisis = await Busy();
        using var stop = new CancellationTokenSource();
        var posting = Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await crisis.Commander.Gives(crisis.Key, "post-note", new { text = $"meanwhile {n}" });
                var raised = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
                await crisis.Lead.Gives(raised, "link-to-crisis", new { crisisKey = crisis.Key });
            }
        }, TestContext.Current.CancellationToken);

        var outcome = await Run(andSwitch: false);
        await stop.CancelAsync();
        await posting;

        outcome.Differences.Where(d => !d.None).ShouldBeEmpty();
        outcome.Equal.ShouldBeTrue();
        outcome.Differences.Select(d => d.Model.Table).ShouldBe(ReadModel.All.Select(m => m.Table));
        (await server.Database.Scalar<long>("select count(*) from pg_namespace where nspname = 'rebuilt'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_tampered_with_is_named_and_left_alone_until_told_to_switch()
    {
        var crisis = await Busy();
        var entries = await crisis.Lead.Timeline(crisis.Key);
        await server.Database.Execute("update crisis.timeline set core = replace(core, 'Video down.', 'Nothing happened.') where stream = $1", crisis.Key);
        await server.Database.Execute("delete from crisis.timeline where stream = $1 and version = 1", crisis.Key);
        await server.Database.Execute("insert into crisis.claims (kind, id, stream, alone) values ('made-up', 'x', $1, false)", crisis.Key);
        await server.Database.Execute("update crisis.cards set state = 'Closed' where key = $1", crisis.Key);

        var found = await Run(andSwitch: false);

        (found.Equal, found.Switched).ShouldBe((false, false));
        var timeline = found.Differences.Single(d => d.Model.Table == "timeline");
        (timeline.Missing, timeline.Extra, timeline.Different).ShouldBe((1, 0, 1));
        timeline.Streams.ShouldBe([crisis.Key]);
        found.Differences.Single(d => d.Model.Table == "claims").Extra.ShouldBe(1);
        found.Differences.Single(d => d.Model.Table == "cards").Different.ShouldBe(1);
        (await crisis.Lead.Timeline(crisis.Key)).ShouldContain(e => e.GetRawText().Contains("Nothing happened."));

        (await Run(andSwitch: true)).Switched.ShouldBeTrue();

        (await crisis.Lead.Timeline(crisis.Key)).Select(e => e.GetRawText()).ShouldBe(entries.Select(e => e.GetRawText()));
        (await Run(andSwitch: false)).Equal.ShouldBeTrue();
    }

    [Fact]
    public async Task Readers_never_see_an_empty_timeline_and_live_readers_get_nothing_again()
    {
        var crisis = await Busy();
        await server.Database.Execute("update crisis.timeline set core = replace(core, 'Video down.', 'Nothing happened.') where stream = $1", crisis.Key);
        var whole = (await crisis.Lead.Timeline(crisis.Key)).Ids();
        await using var live = new LiveWatch(server.Node, crisis.Lead, new LiveReader(crisis.Key));
        await live.Until(r => r.Ids.Length == whole.Length);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                (await crisis.Lead.Timeline(crisis.Key)).Ids().ShouldBe(whole);
            }
        }, TestContext.Current.CancellationToken);

        await Run(andSwitch: true);
        await stop.CancelAsync();
        await reading;

        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "after it" });
        await live.Until(r => r.Saw("after it"));
        live.Reader.Ids.Length.ShouldBe(whole.Length + 1);
    }

    [Fact]
    public async Task A_snapshot_that_is_not_what_its_events_fold_to_is_found_and_goes()
    {
        var lead = await server.As("duty-lead-07", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
        var key = await lead.Raised();
        await Task.WhenAll(Enumerable.Range(0, 520).Select(async n => (await lead.Note(key, $"{n}")).ShouldBeDone()));
        (await server.Database.Scalar<long>("select count(*) from crisis.snapshots where stream = $1", key)).ShouldBe(1);
        (await Run(andSwitch: false)).Snapshots.ShouldBeEmpty();
        await server.Database.Execute("update crisis.snapshots set body = replace(body, 'polling station', 'market') where stream = $1", key);

        (await Run(andSwitch: false)).Snapshots.ShouldBe([key]);
        await Run(andSwitch: true);

        (await server.Database.Scalar<long>("select count(*) from crisis.snapshots where stream = $1", key)).ShouldBe(0);
    }

    [Fact]
    public async Task An_operator_gives_it_as_a_command_beside_the_server()
    {
        var crisis = await Busy();
        var (code, said) = await Command();
        (code, said).ShouldBe((0, said));
        said.ShouldContain("Every read model is what the events say.");

        await server.Database.Execute("delete from crisis.timeline where stream = $1 and version = 2", crisis.Key);
        (code, said) = await Command();
        code.ShouldBe(1, said);
        said.ShouldContain($"1 missing, 0 extra, 0 different: {crisis.Key}");
        said.ShouldContain("Nothing was changed.");
        (code, said) = await Command("--switch");
        (code, said).ShouldBe((0, said));
        said.ShouldContain("What differed is put right.");
        (code, said) = await Command("--now");
        (code, said).ShouldBe((2, said));
        said.ShouldContain("unknown option --now");
    }

    [Fact]
    public async Task Every_table_is_a_read_model_or_a_record_of_its_own()
    {
        var tables = await server.Database.Column<string>("select table_name::text from information_schema.tables where table_schema = 'crisis' and table_type = 'BASE TABLE' and table_name not like 'mt\\_%' order by 1");

        tables.ShouldBe(ReadModel.All.Select(m => m.Table).Concat(ReadModel.OwnRecords), ignoreOrder: true);
    }

    [Fact]
    public async Task Of_two_at_once_one_says_that_the_other_is_at_it()
    {
        await Busy();
        await using (await ClusterTurn.Next(server.Node.Services.GetRequiredService<NpgsqlDataSource>(), ClusterTurn.Rebuild, TestContext.Current.CancellationToken))
        {
            var (code, said) = await Command();
            (code, said).ShouldBe((1, said));
            said.ShouldContain("another one is under way");
        }

        (await Run(andSwitch: false)).Equal.ShouldBeTrue();
    }

    private async Task<Rebuild.Outcome> Run(bool andSwitch) =>
        (await server.Node.Services.GetRequiredService<Rebuild>().Run(andSwitch, new Progress<(long, long)>(), TestContext.Current.CancellationToken)).ShouldNotBeNull();

    private async Task<(int Code, string Said)> Command(params string[] options)
    {
        await using var process = ServerProcess.Command(server.Database.ConnectionString, ["rebuild", .. options]);
        var code = await process.Exit();
        return (code, string.Join('\n', process.Output));
    }

    /// <summary>A crisis with everything that read models hold: a corrected note, a lever, a task, linked and unlinked cases, clocks.</summary>
    private async Task<CrisisStories.Crisis> Busy()
    {
        var crisis = await server.StandUp();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Video down.", needs = "Legal: advice on the order." });
        var note = await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "twelve copies" });
        await crisis.Commander.Gives(crisis.Key, "correct-note", new { entry = note.Version, text = "thirteen copies", reason = "counted again" });
        await crisis.Commander.Gives(crisis.Key, "activate-lever", new { kind = "LiveStreamRestriction", scope = crisis.Region, ttl = "PT24H", owner = "lo-02", rightsNote = "ends by itself" });
        await crisis.Commander.Gives(crisis.Key, "add-task", new { title = "Ask for numbers", owner = "lo-02" });
        var (linked, unlinked) = (await crisis.Lead.Raised(new { region = new[] { crisis.Region } }), await crisis.Lead.Raised(new { region = new[] { crisis.Region } }));
        await crisis.Lead.Gives(linked, "take", new { reason = "mine" });
        foreach (var key in new[] { linked, unlinked })
        {
            await server.Link(crisis.Lead, key, crisis.Key);
        }

        await crisis.Lead.Gives(unlinked, "unlink", new { key = crisis.Key, reason = "another story" });
        await server.Database.RulesHeard();
        return crisis;
    }
}
