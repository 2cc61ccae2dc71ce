using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.History;

/// <summary>Somebody works on a bundle, or with psql on the store before it is made.</summary>
public sealed class TamperedTests(SigningServer server, TestPostgres postgres) : IClassFixture<SigningServer>
{
    [Fact]
    public async Task Any_byte_of_a_bundle_that_is_changed_is_found_and_its_line_is_named()
    {
        var crisis = await Told();
        var bundle = await crisis.Commander.Export(crisis.Key);
        bundle.ShouldBeProven();
        var random = new Random(4711);

        for (var i = 0; i < 400; i++)
        {
            var at = random.Next(bundle.Length);
            var changed = bundle.ToArray();
            changed[at] ^= (byte)(1 << random.Next(8));
            var line = 1 + bundle.AsSpan(0, at).Count((byte)'\n');

            var fault = changed.Verify().Fault.ShouldNotBeNull($"byte {at} of line {line}");
            fault.Line.ShouldBe(line, $"byte {at}: {fault.Part}, {fault.Why}");
        }
    }

    [Fact]
    public async Task An_event_that_was_rewritten_in_the_store_is_named()
    {
        var crisis = await Told();
        await crisis.Commander.Export(crisis.Key);
        await server.Database.Execute("update crisis.mt_events set data = jsonb_set(data, '{condition}', '\"Nobody was told.\"') where stream_id = $1 and version = 3", crisis.Key);

        (await crisis.Commander.Export(crisis.Key)).Fault().ShouldBe($"event {crisis.Key}@3: its content is not what was recorded");
    }

    [Fact]
    public async Task Whoever_gave_a_command_can_not_be_rewritten_either_nor_when()
    {
        var crisis = await Told();
        await crisis.Commander.Export(crisis.Key);
        await server.Database.Execute("update crisis.mt_events set user_name = 'somebody-else' where stream_id = $1 and version = 2", crisis.Key);
        (await crisis.Commander.Export(crisis.Key)).Fault().ShouldBe($"event {crisis.Key}@2: its content is not what was recorded");

        await server.Database.Execute("update crisis.mt_events set timestamp = timestamp - interval '1 hour' where stream_id = $1 and version = 1", crisis.Key);
        (await crisis.Commander.Export(crisis.Key)).Fault().ShouldBe($"event {crisis.Key}@1: it is not what was recorded after the version before it");
    }

    [Fact]
    public async Task An_event_that_was_taken_out_of_the_store_is_missed()
    {
        var crisis = await Told();
        await crisis.Commander.Export(crisis.Key);
        await server.Database.Execute("delete from crisis.mt_events where stream_id = $1 and version = 3", crisis.Key);

        (await crisis.Commander.Export(crisis.Key)).Fault().ShouldContain($"{crisis.Key}@3 must come before it, and is missing");
    }

    [Fact]
    public async Task The_ten_newest_events_can_not_be_taken_away_once_their_head_was_anchored()
    {
        await using var store = new SigningServer(postgres);
        await store.InitializeAsync();
        var crisis = await Told(store);
        var whole = await crisis.Commander.Export(crisis.Key);
        var anchored = await store.Database.Column<string>("select head from crisis.history_heads order by size");
        whole.ShouldBeProven(anchored: Anchor(anchored)).Anchor.ShouldNotBeNull().Own.ShouldBeTrue();
        await store.Node.DisposeAsync();

        // The store ends ten events earlier, and somebody with the key chains and signs anew what is left.
        await store.Database.Execute("truncate crisis.history_leaves, crisis.history_nodes, crisis.history_tips, crisis.history_buckets, crisis.history_heads");
        await store.Database.Execute("update crisis.history set size = 0, position = 0, complete = ''");
        await store.Database.Execute("delete from crisis.mt_events where seq_id in (select seq_id from crisis.mt_events where type <> 'tombstone' order by seq_id desc limit 10)");
        await store.Database.Execute("update crisis.mt_streams s set version = coalesce((select max(e.version) from crisis.mt_events e where e.stream_id = s.id), 0)");
        await using var node = await TestNode.Start(store.Database.ConnectionString, SigningServer.EverySecond);
        var cut = await (await node.As("ic-01", clearance: "RED")).Export(crisis.Key);

        cut.ShouldBeProven(); // nothing in itself gives it away
        cut.Fault(anchored: Anchor(anchored)).ShouldContain("the newest 10 were removed");
    }

    [Fact]
    public async Task A_bundle_is_not_proven_with_the_keys_of_another_store()
    {
        using var stranger = SigningKey.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);
        var crisis = await Told();

        (await crisis.Commander.Export(crisis.Key)).Fault(PublicKeys.Read(PublicKeys.PemOf(stranger.PublicKey))).ShouldContain("none of the keys that are trusted");
    }

    [Fact]
    public async Task A_bundle_that_was_cut_off_is_incomplete()
    {
        var crisis = await Told();
        var bundle = await crisis.Commander.Export(crisis.Key);

        foreach (var length in (int[])[1, 200, bundle.Length / 3, bundle.Length / 2, bundle.Length - 700, bundle.Length - 1])
        {
            bundle[..length].Verify().Fault.ShouldNotBeNull().Incomplete.ShouldBeTrue($"{length} of {bundle.Length}");
        }
    }

    private Task<CrisisStories.Crisis> Told() => Told(server);

    private static async Task<CrisisStories.Crisis> Told(SigningServer server)
    {
        var crisis = await server.StandUp();
        for (var i = 0; i < 6; i++)
        {
            await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"Condition {i}" });
        }

        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { "VideoHub Alliance" }, headline = "Attack", text = "Match these." });
        await server.Database.RulesHeard();
        return crisis;
    }

    private static AnchoredHeads Anchor(IEnumerable<string> heads) => AnchoredHeads.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', heads)))).ShouldNotBeNull();
}
