using System.Buffers.Text;
using System.Text;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Reactions;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>A backup that was restored into another cluster holds transaction ids that mean nothing there.</summary>
public sealed class RestoredStoreTests(TestPostgres postgres)
{
    [Fact]
    public async Task After_a_restore_timelines_live_streams_and_rules_go_on_and_an_old_cursor_is_gone()
    {
        await using var database = await postgres.CreateDatabase();
        string crisis, heard, unheard, cursor;
        string[] before;
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var lead = await node.As("lead-01", roles: ["duty-lead"], clearance: "RED");
            heard = await lead.Raised();
            crisis = (await lead.Propose("XN", refs: [heard])).ShouldBe(201).Key;
            await lead.Gives(crisis, "stand-up", new { consequence = 4, virality = 3, certainty = "Observed", codename = "HARBOUR" });
            await Eventually.Is(async () => (await lead.Read(heard)).TryGetProperty("crisisKey", out _), "it is linked");
            await database.RulesHeard();
        }

        await using (await RulesHeld.On(database))
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var lead = await node.As("lead-01", roles: ["duty-lead"], clearance: "RED");
            unheard = await lead.Raised();
            await lead.Gives(unheard, "link-to-crisis", new { crisisKey = crisis });
            var page = await lead.Settled(crisis);
            (before, cursor) = (page.Json.GetProperty("items").EnumerateArray().Ids(), OfAnotherStore(page["live"]!));
        }

        await Restore(database);
        await using var restored = await TestNode.Start(database.ConnectionString);
        var reader = await restored.As("lead-01", roles: ["duty-lead"], clearance: "RED");

        (await reader.Timeline(crisis)).Ids().Take(before.Length).ShouldBe(before);
        (await reader.Get($"/v1/timelines/{crisis}/live?after={cursor}")).ShouldBeProblem(410, "gone");
        await Eventually.Is(async () => (await reader.Read(crisis)).GetProperty("escalations").GetArrayLength() == 2, "the rule has heard of the link it had not heard of");
        (await reader.Note(unheard, "after the restore")).ShouldBeDone();
        await using var watch = new LiveWatch(restored, reader, new LiveReader(crisis));
        await watch.Until(w => w.Saw("after the restore"));
        watch.Reader.Ids.ShouldBe((await reader.Timeline(crisis)).Ids(), ignoreOrder: true);
    }

    /// <summary>As the cluster from which the backup came had written it.</summary>
    private static string OfAnotherStore(string cursor)
    {
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|');
        parts[1] = "another-cluster";
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('|', parts)));
    }

    /// <summary>What a logical restore leaves: the ids of a cluster that was far ahead, under the name of that cluster.</summary>
    private static async Task Restore(TestDatabase database) => await database.Execute(
        """
        update crisis.settings set value = 'another-cluster' where name = 'epoch';
        update crisis.timeline set xid = (xid::text::bigint + 1000000000)::text::xid8;
        update crisis.places set xid = (xid::text::bigint + 1000000000)::text::xid8;
        update crisis.sight_changes set xid = (xid::text::bigint + 1000000000)::text::xid8;
        update crisis.subscriptions set position = (position::text::bigint + 1000000000)::text::xid8;
        """);
}
