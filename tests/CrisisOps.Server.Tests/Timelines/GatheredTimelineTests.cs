using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>The timeline of a crisis shows what is linked to it, as if it had always been there.</summary>
public sealed class GatheredTimelineTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_link_brings_the_whole_past_at_once_and_what_comes_later_too()
    {
        var (crisis, escalation) = await Linked(notes: 3, link: false);
        (await crisis.Lead.Timeline(crisis.Key)).Ids().ShouldNotContain($"{escalation}@1");

        await crisis.Lead.Gives(escalation, "link-to-crisis", new { crisisKey = crisis.Key });

        (await crisis.Lead.Timeline(crisis.Key)).Ids().Where(id => id.StartsWith(escalation, StringComparison.Ordinal))
            .ShouldBe(Enumerable.Range(1, 5).Select(v => $"{escalation}@{v}"));
        (await crisis.Lead.Note(escalation, "after the link")).ShouldBeDone();
        (await crisis.Lead.Timeline(crisis.Key)).ShouldContain(e => e.Headline() == "after the link");
        (await crisis.Lead.Timeline(escalation)).Length.ShouldBe(6);
    }

    [Fact]
    public async Task What_happened_earlier_stands_earlier_across_streams_and_what_was_learned_later_stands_later()
    {
        var (crisis, escalation) = await Linked();
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "told at once" });
        (await crisis.Lead.Post(escalation, "post-note", new { text = "seen yesterday", occurredAt = yesterday })).ShouldBeDone();

        (await crisis.Lead.Timeline(crisis.Key))[0].Headline().ShouldBe("seen yesterday");
        (await crisis.Lead.Timeline(crisis.Key, "order=recorded&limit=500"))[^1].Headline().ShouldBe("seen yesterday");
        (await crisis.Lead.Timeline(crisis.Key, $"to={TimelineCalls.Instant(yesterday.AddMinutes(1))}")).ShouldHaveSingleItem().Headline().ShouldBe("seen yesterday");
        (await crisis.Lead.Timeline(crisis.Key, $"from={TimelineCalls.Instant(yesterday.AddMinutes(1))}")).ShouldNotContain(e => e.Headline() == "seen yesterday");
    }

    [Fact]
    public async Task Kinds_and_the_instant_of_knowledge_are_chosen_across_streams()
    {
        var (crisis, escalation) = await Linked(notes: 2);
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "of the crisis" });
        var then = (await crisis.Lead.Timeline(crisis.Key)).Max(e => e.GetProperty("recordedAt").GetDateTimeOffset());
        (await crisis.Lead.Note(escalation, "learned later")).ShouldBeDone();

        (await crisis.Lead.Timeline(crisis.Key, "kind=Note&order=recorded")).Select(e => e.Headline()).ShouldBe(["note 0", "note 1", "of the crisis", "learned later"]);
        (await crisis.Lead.Timeline(crisis.Key, $"kind=Note&order=recorded&asOf={TimelineCalls.Instant(then)}")).Select(e => e.Headline()).ShouldBe(["note 0", "note 1", "of the crisis"]);
        (await crisis.Lead.Get($"/v1/timelines/{crisis.Key}?kind=Gossip")).ShouldBeProblem(422, "validation", member: "kind");
    }

    [Theory]
    [InlineData("occurred")]
    [InlineData("recorded")]
    public async Task Small_pages_hold_every_entry_of_every_stream_once_and_in_order(string order)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (crisis, first) = await Linked(notes: 2);
        var second = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        await server.Link(crisis.Lead, second, crisis.Key);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 20; i++)
        {
            // Many share an instant, across streams too.
            (await crisis.Lead.Post(random.Next(2) == 0 ? first : second, "post-note", new { text = $"more {i}", occurredAt = now.AddMinutes(-random.Next(4)) })).ShouldBeDone();
        }

        var whole = await crisis.Lead.Timeline(crisis.Key, $"order={order}&limit=500");
        foreach (var limit in new[] { 1, 2, random.Next(3, 12) })
        {
            (await crisis.Lead.Pages(crisis.Key, $"order={order}", limit)).Ids().ShouldBe(whole.Ids(), $"seed {seed}, limit {limit}");
        }

        whole.Ids().ShouldBeUnique();
        whole.Select(e => e.GetProperty(order == "occurred" ? "occurredAt" : "recordedAt").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Ascending, $"seed {seed}");
        string[] streams = [crisis.Key, first, second];
        whole.Length.ShouldBe((int)(await server.Database.Scalar<long>("select count(*) from crisis.timeline where stream = any ($1)", (object)streams)));
    }

    [Fact]
    public async Task An_unlink_takes_it_out_and_a_second_link_brings_it_back()
    {
        var (crisis, escalation) = await Linked(notes: 1);

        await crisis.Lead.Gives(escalation, "unlink", new { key = crisis.Key, reason = "another story" });

        (await crisis.Lead.Timeline(crisis.Key)).ShouldNotContain(e => e.GetProperty("stream").GetString() == escalation);
        (await crisis.Lead.Note(escalation, "alone")).ShouldBeDone();
        (await crisis.Lead.Timeline(crisis.Key)).ShouldNotContain(e => e.Headline() == "alone");
        await server.Database.RulesHeard();
        await server.Link(crisis.Lead, escalation, crisis.Key);
        (await crisis.Lead.Timeline(crisis.Key)).ShouldContain(e => e.Headline() == "alone");
    }

    [Fact]
    public async Task A_linked_election_shows_on_the_crisis_and_keeps_its_own_timeline()
    {
        var crisis = await server.StandUp();
        var election = await server.Staff("el-01", "election-lead");
        var key = await election.Scheduled(crisis.Region);
        var escalation = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        await crisis.Lead.Gives(escalation, "link-to-election", new { electionKey = key });

        await election.Gives(key, "link-crisis", new { crisisKey = crisis.Key, concern = "postponement rumour" });

        (await crisis.Lead.Timeline(crisis.Key)).Ids().ShouldContain($"{key}@1");
        (await crisis.Lead.Timeline(crisis.Key)).Ids().ShouldNotContain($"{escalation}@1");
        (await crisis.Lead.Timeline(key)).Ids().ShouldContain($"{escalation}@1");
        await election.Gives(key, "unlink-crisis", new { crisisKey = crisis.Key, reason = "no rumour" });
        (await crisis.Lead.Timeline(crisis.Key)).Ids().ShouldNotContain($"{key}@1");
        (await crisis.Lead.Timeline(key)).Ids().ShouldContain($"{key}@1");
    }

    private async Task<(CrisisStories.Crisis Crisis, string Escalation)> Linked(int notes = 0, bool link = true)
    {
        var crisis = await server.StandUp();
        var escalation = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        for (var i = 0; i < notes; i++)
        {
            (await crisis.Lead.Note(escalation, $"note {i}")).ShouldBeDone();
        }

        if (link)
        {
            await server.Link(crisis.Lead, escalation, crisis.Key);
        }

        return (crisis, escalation);
    }
}
