using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>Everybody reads their own inbox, as far as they may still read it, and nobody else's.</summary>
public sealed class InboxTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task What_came_is_there_the_newest_first_with_its_text()
    {
        var (crisis, me, contact) = await Reader("spec-20");
        var first = await server.Told(contact, crisis.Key, "The video is down.");
        var digest = await server.Told(contact, crisis.Key, "Three updates.", kind: "Digest", covers: "UPD-1 UPD-2 UPD-3");

        var items = await Inbox(me);

        Ids(items).ShouldBe([digest, first]);
        items[1].GetProperty("text").GetString().ShouldBe("The video is down.");
        items[1].GetProperty("subject").GetString().ShouldBe("Subject of The video is down.");
        items[1].GetProperty("incident").GetString().ShouldBe(crisis.Key);
        items[1].GetProperty("tlp").GetString().ShouldBe("GREEN");
        items[0].GetProperty("covers").EnumerateArray().Select(c => c.GetString()).ShouldBe(["UPD-1", "UPD-2", "UPD-3"]);
    }

    [Fact]
    public async Task What_was_read_is_read_from_the_first_time_on_and_no_longer_among_the_unread()
    {
        var (crisis, me, contact) = await Reader("spec-21");
        var one = await server.Told(contact, crisis.Key, "One.");
        var two = await server.Told(contact, crisis.Key, "Two.");

        var read = (await me.Send(HttpMethod.Post, $"/v1/me/inbox/{one}/read")).ShouldBe(200);
        var again = (await me.Send(HttpMethod.Post, $"/v1/me/inbox/{one}/read")).ShouldBe(200);

        again["readAt"].ShouldBe(read["readAt"]);
        Ids(await Inbox(me, "unread=true")).ShouldBe([two]);
        (await Inbox(me))[1].GetProperty("readAt").ToString().ShouldBe(read["readAt"]);
        (await server.Database.Scalar<string>("select state from crisis.deliveries where id = $1", one)).ShouldBe("Delivered");
    }

    [Fact]
    public async Task The_pages_hold_every_message_once()
    {
        var (crisis, me, contact) = await Reader("spec-22");
        List<string> sent = [];
        for (var i = 0; i < 5; i++)
        {
            sent.Insert(0, await server.Told(contact, crisis.Key, $"Message {i}."));
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = (await me.Get($"/v1/me/inbox?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            seen.AddRange(Ids(page.GetProperty("items").EnumerateArray()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.ShouldBe(sent);
    }

    [Fact]
    public async Task An_executive_and_an_owner_read_theirs_too()
    {
        var crisis = await server.StandUp();
        var executive = await server.As("exec-20", roles: ["executive"], regions: [crisis.Region], clearance: "AMBER");
        var told = await server.Told(await server.ContactOf("Exec-20"), crisis.Key, "The condition.", audience: 2);
        var commander = await server.Told(await server.ContactOf("ic-01"), crisis.Key, "All of it.", audience: 0);

        Ids(await Inbox(executive)).ShouldBe([told]);
        Ids(await Inbox(crisis.Commander)).ShouldBe([commander]);
    }

    [Theory]
    [InlineData("clearance", 2, 1, "Delivered", "Inbox")]
    [InlineData("audience", 1, 0, "Delivered", "Inbox")]
    [InlineData("RED that names others", 4, 0, "Delivered", "Inbox")]
    [InlineData("waiting", 1, 1, "Queued", "Inbox")]
    [InlineData("suppressed", 1, 1, "Suppressed", "Inbox")]
    [InlineData("another channel", 1, 1, "Delivered", "Email")]
    public async Task What_its_receiver_may_not_read_now_is_not_there(string why, int tlp, int audience, string state, string channel)
    {
        var (crisis, me, contact) = await Reader($"spec-{why.GetHashCode(StringComparison.Ordinal):x}", clearance: why == "clearance" ? "GREEN" : "RED");
        // The file of a crisis is AMBER at first; a reader of GREEN sees one of GREEN only.
        var incident = why == "clearance" ? await (await server.As("spec-04")).Raised(new { tlp = "GREEN", region = new[] { crisis.Region } }) : crisis.Key;
        var hidden = await server.Told(contact, incident, "Too much.", channel, tlp: tlp, audience: audience, state: state);
        var seen = await server.Told(contact, incident, "Enough.", tlp: 1, audience: 1);

        var inbox = (await me.Get("/v1/me/inbox")).ShouldBe(200);

        Ids(inbox.Json.GetProperty("items").EnumerateArray()).ShouldBe([seen], why);
        inbox.Text.ShouldNotContain("Too much");
        (await me.Send(HttpMethod.Post, $"/v1/me/inbox/{hidden}/read")).ShouldBeProblem(404, "not-found");
        (await server.Database.Scalar<bool>("select read_at is null from crisis.deliveries where id = $1", hidden)).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_no_longer_sees_the_incident_finds_no_message_about_it()
    {
        var (crisis, me, contact) = await Reader("spec-24");
        var id = await server.Told(contact, crisis.Key, "The video is down.");
        var elsewhere = await server.As("spec-24", regions: [StreamCalls.NewRegion()], clearance: "RED");

        Ids(await Inbox(me)).ShouldBe([id]);
        (await Inbox(elsewhere)).ShouldBeEmpty();
        (await elsewhere.Send(HttpMethod.Post, $"/v1/me/inbox/{id}/read")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Nobody_reads_the_inbox_of_somebody_else_of_a_team_or_of_a_requester()
    {
        var (crisis, me, _) = await Reader("spec-25");
        var other = await server.Told(await server.ContactOf("spec-26"), crisis.Key, "For spec-26.");
        await server.Told(await server.ContactOf("team-25", "Team"), crisis.Key, "For the team.");
        await server.Told(await server.ContactOf("vault-25", "Requester"), crisis.Key, "For the requester.");

        (await Inbox(me)).ShouldBeEmpty();
        (await Inbox(await server.As("team-25", regions: ["*"], clearance: "RED"))).ShouldBeEmpty();
        (await Inbox(await server.As("vault-25", regions: ["*"], clearance: "RED"))).ShouldBeEmpty();
        (await me.Send(HttpMethod.Post, $"/v1/me/inbox/{other}/read")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task As_of_an_instant_lies_there_what_lay_there_then_read_and_acknowledged_as_it_was_then()
    {
        var (crisis, me, contact) = await Reader("spec-28");
        var before = await me.Now();
        await me.Pass(TimeSpan.FromMinutes(1));
        var one = await server.Told(contact, crisis.Key, "One.", at: await me.Now());
        await me.Pass(TimeSpan.FromMinutes(1));
        var unread = await me.Now();
        await me.Pass(TimeSpan.FromMinutes(1));
        (await me.Send(HttpMethod.Post, $"/v1/me/inbox/{one}/read")).ShouldBe(200);
        var two = await server.Told(contact, crisis.Key, "Two.", at: await me.Now());
        await server.Told(contact, crisis.Key, "Waits.", at: await me.Now(), state: "Queued");
        await me.Pass(TimeSpan.FromMinutes(1));
        var read = await me.Now();
        await server.Database.Execute("update crisis.deliveries set state = 'Acknowledged', acknowledged_at = $2, acknowledged_by = 'spec-28' where id = $1", one, read.AddMinutes(1));
        await me.Pass(TimeSpan.FromMinutes(2));

        (await Inbox(me, AsOf(before))).ShouldBeEmpty();
        var first = (await Inbox(me, AsOf(unread))).ShouldHaveSingleItem();
        (first.GetProperty("id").GetString(), first.GetProperty("text").GetString(), first.TryGetProperty("readAt", out _)).ShouldBe((one, "One.", false));
        Ids(await Inbox(me, $"unread=true&{AsOf(unread)}")).ShouldBe([one]);
        Ids(await Inbox(me, AsOf(read))).ShouldBe([two, one]);
        Ids(await Inbox(me, $"unread=true&{AsOf(read)}")).ShouldBe([two]);
        (await Inbox(me, AsOf(read)))[1].TryGetProperty("acknowledgedAt", out _).ShouldBeFalse();
        (await Inbox(me, AsOf(await me.Now())))[1].TryGetProperty("acknowledgedAt", out _).ShouldBeTrue();
        (await Inbox(me, AsOf(await me.Now()))).Select(i => i.GetRawText()).ShouldBe((await Inbox(me)).Select(i => i.GetRawText()));

        var cursor = (await me.Get($"/v1/me/inbox?limit=1&{AsOf(read)}")).ShouldBe(200)["next"];
        Ids(await Inbox(me, $"limit=1&{AsOf(read)}&cursor={cursor}")).ShouldBe([one]);
        (await me.Get($"/v1/me/inbox?limit=1&cursor={cursor}")).ShouldBeProblem(422, "validation", member: "cursor");
        (await Inbox(await server.As("spec-28", regions: [StreamCalls.NewRegion()], clearance: "RED"), AsOf(read))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_a_problem()
    {
        var (_, me, _) = await Reader("spec-27");

        (await me.Get("/v1/me/inbox?unread=perhaps")).ShouldBeProblem(422, "validation", member: "unread");
        (await me.Get("/v1/me/inbox?cursor=abc")).ShouldBeProblem(422, "validation", member: "cursor");
        (await me.Get("/v1/me/inbox?limit=0")).ShouldBeProblem(422, "validation", member: "limit");
        (await me.Get("/v1/me/inbox?recipient=CNT-000001")).ShouldBeProblem(422, "validation", member: "recipient");
        (await me.Send(HttpMethod.Post, "/v1/me/inbox/msg_1%00/read")).Ok.ShouldBeFalse();
        (await server.Node.With(null).Get("/v1/me/inbox")).ShouldBeProblem(401, "unauthenticated");
        (await (await server.As("desk", roles: ["partner"], partner: "PRT-1")).Get("/v1/me/inbox")).ShouldBeProblem(403, "forbidden");
    }

    private async Task<(CrisisStories.Crisis Crisis, Api Me, string Contact)> Reader(string name, string clearance = "RED")
    {
        var crisis = await server.StandUp();
        return (crisis, await server.As(name, regions: [crisis.Region], clearance: clearance), await server.ContactOf(name));
    }

    private static async Task<JsonElement[]> Inbox(Api api, string query = "") => [.. (await api.Get($"/v1/me/inbox?{query}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];

    private static string AsOf(DateTimeOffset at) => $"asOf={TimelineCalls.Instant(at)}";

    private static string[] Ids(IEnumerable<JsonElement> items) => [.. items.Select(i => i.GetProperty("id").GetString()!)];
}
