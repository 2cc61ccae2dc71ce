using System.Xml.Linq;
using CrisisOps.Server.Channels.Cap;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A partner that fetches: the feed of its CAP messages and each of them, to itself and to who looks after it.</summary>
public sealed class CapFeedTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    private static readonly XNamespace _atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace _cap = "urn:oasis:names:tc:emergency:cap:1.2";

    [Fact]
    public async Task An_alert_its_update_and_the_all_clear_stand_in_the_feed_the_newest_first()
    {
        var (partner, key, name, path) = await Desk();
        var (crisis, alert) = await Issue(name);
        await Came(path, 1); // what has not come when the alert is cancelled is taken back
        var updated = await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = alert, headline = "More hashes", text = "Match these too." });
        await Came(path, 1);
        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = alert, text = "No further action is needed." });
        await Came(path, 1);

        var answer = (await partner.Get($"/v1/partners/{key}/cap")).ShouldBe(200);

        answer.MediaType.ShouldBe("application/atom+xml");
        var feed = XDocument.Parse(answer.Text).Root!;
        feed.Name.ShouldBe(_atom + "feed");
        var entries = feed.Elements(_atom + "entry").ToArray();
        entries.Select(e => e.Element(_atom + "title")!.Value).ShouldBe(
            [$"All clear {alert} ({alert[..^1]}3, TLP:AMBER)", $"Update {alert} ({alert[..^1]}2, TLP:AMBER)", $"Alert {alert} (TLP:AMBER)"]);
        feed.Element(_atom + "updated")!.Value.ShouldBe(entries[0].Element(_atom + "updated")!.Value);
        feed.Element(_atom + "id")!.Value.ShouldEndWith($"/v1/partners/{key}/cap");
        entries.Select(e => e.Element(_atom + "id")!.Value).ShouldBeUnique();
        answer.Text.ShouldNotContain("Match these");

        List<string> types = [];
        foreach (var link in entries.Select(e => e.Element(_atom + "link")!))
        {
            link.Attribute("type")!.Value.ShouldBe("application/cap+xml");
            var message = (await partner.Get(new Uri(link.Attribute("href")!.Value).AbsolutePath)).ShouldBe(200);
            message.MediaType.ShouldBe("application/cap+xml");
            CapDocument.Check(System.Text.Encoding.UTF8.GetBytes(message.Text)).ShouldBeEmpty();
            types.Add(XDocument.Parse(message.Text).Root!.Element(_cap + "msgType")!.Value);
        }

        types.ShouldBe(["Cancel", "Update", "Alert"]);
        updated.Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task The_message_is_byte_for_byte_what_went_to_an_endpoint_for_CAP()
    {
        var (key, name, path) = await server.Reachable(format: "Cap");
        var partner = await server.As("cap-desk", roles: ["partner"], partner: key);
        var (crisis, alert) = await Issue(name);
        var came = await server.Receiver.Next(path);

        var message = (await partner.Get($"/v1/partners/{key}/cap/{alert}")).ShouldBe(200);

        message.Text.ShouldBe(came.Text);
        message.Text.ShouldContain($"<incidents>{crisis.Key}</incidents>");
    }

    [Fact]
    public async Task One_partner_reads_neither_the_name_nor_the_messages_of_another()
    {
        var (partner, key, name, path) = await Desk();
        var (other, otherKey, otherName, otherPath) = await Desk();
        var (crisis, alert) = await Issue(name, otherName);
        var (_, alone) = await Issue(name);
        await Came(path, 2);
        await Came(otherPath, 1);

        (await partner.Get($"/v1/partners/{key}/cap/{alert}")).ShouldBe(200).Text.ShouldNotContain(otherName);
        (await other.Get($"/v1/partners/{otherKey}/cap/{alert}")).ShouldBe(200).Text.ShouldNotContain(name);
        (await other.Get($"/v1/partners/{otherKey}/cap/{alone}")).ShouldBeProblem(404, "not-found");
        (await other.Get($"/v1/partners/{otherKey}/cap")).ShouldBe(200).Text.ShouldNotContain(alone);
        foreach (var tail in (string[])["", $"/{alert}"])
        {
            (await other.Get($"/v1/partners/{key}/cap{tail}")).ShouldBeProblem(404, "not-found");
            (await server.Node.With(null).Get($"/v1/partners/{key}/cap{tail}")).ShouldBeProblem(401, "unauthenticated");
        }

        crisis.Key.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_clearance_that_the_partner_has_now_decides()
    {
        var (partner, key, name, path) = await Desk();
        var (_, alert) = await Issue(name);
        await Came(path, 1);
        (await partner.Get($"/v1/partners/{key}/cap/{alert}")).ShouldBe(200);
        await (await server.As("lead-01", roles: ["duty-lead"], clearance: "RED")).Gives(key, "change-clearance", new { clearance = "GREEN", reason = "the agreement was changed" });

        (await partner.Get($"/v1/partners/{key}/cap/{alert}")).ShouldBeProblem(404, "not-found");
        (await partner.Get($"/v1/partners/{key}/cap")).ShouldBe(200).Text.ShouldNotContain(alert);
    }

    [Fact]
    public async Task A_partner_that_is_suspended_reads_nothing_and_what_was_suppressed_is_not_there()
    {
        var (partner, key, name, path) = await Desk();
        var (_, alert) = await Issue(name);
        await Came(path, 1);
        var manager = await server.Manager();
        await manager.Gives(key, "suspend", new { reason = "under investigation" });
        var (_, meanwhile) = await Issue(name);
        await server.Database.RulesHeard();

        (await partner.Get($"/v1/partners/{key}/cap")).ShouldBeProblem(404, "not-found");
        (await partner.Get($"/v1/partners/{key}/cap/{alert}")).ShouldBeProblem(404, "not-found");

        await manager.Gives(key, "reinstate");
        var feed = (await partner.Get($"/v1/partners/{key}/cap")).ShouldBe(200);
        feed.Text.ShouldContain(alert);
        feed.Text.ShouldNotContain(meanwhile);
        (await partner.Get($"/v1/partners/{key}/cap/{meanwhile}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Who_has_the_newest_already_is_told_so_and_gets_the_rest_as_soon_as_there_is_more()
    {
        var (partner, key, name, path) = await Desk();
        await Issue(name);
        await Came(path, 1);
        var first = (await partner.Get($"/v1/partners/{key}/cap")).ShouldBe(200);

        first.Headers["Cache-Control"].Single().ShouldContain("private");
        first.Headers["Last-Modified"].ShouldHaveSingleItem();
        var tag = first.ETag.ShouldNotBeNull();
        tag.ShouldStartWith("\"");
        var same = await Conditional(partner, $"/v1/partners/{key}/cap", tag);
        same.Status.ShouldBe(304);
        same.Text.ShouldBeEmpty();
        (await Conditional(partner, $"/v1/partners/{key}/cap", "\"another\"")).Status.ShouldBe(200);

        await Issue(name);
        await Came(path, 1);
        var second = await Conditional(partner, $"/v1/partners/{key}/cap", tag);
        second.Status.ShouldBe(200);
        second.ETag.ShouldNotBe(tag);
    }

    [Fact]
    public async Task Since_leaves_out_what_was_sent_before()
    {
        var (partner, key, name, path) = await Desk();
        var (_, old) = await Issue(name);
        await Came(path, 1);
        await partner.Pass(TimeSpan.FromSeconds(2));
        var since = await partner.Now();
        var (_, young) = await Issue(name);
        await Came(path, 1);

        var feed = (await partner.Get($"/v1/partners/{key}/cap?since={since.UtcDateTime:O}")).ShouldBe(200).Text;

        feed.ShouldContain(young);
        feed.ShouldNotContain(old);
        (await partner.Get($"/v1/partners/{key}/cap?since=lately")).ShouldBeProblem(422, "validation", member: "since");
        (await partner.Get($"/v1/partners/{key}/cap?until=2027-01-01T00:00:00Z")).ShouldBeProblem(422, "validation", member: "until");
    }

    [Fact]
    public async Task As_of_an_instant_it_holds_what_had_been_sent_by_then()
    {
        var (partner, key, name, path) = await Desk();
        var before = AsOf(await partner.Now());
        var (crisis, alert) = await Issue(name);
        await Came(path, 1);
        var between = AsOf(await partner.Now());
        await partner.Pass(TimeSpan.FromMinutes(1));
        var updated = await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = alert, headline = "More hashes", text = "Match these too." });
        await Came(path, 1);
        var newer = updated.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!;

        (await Titles(partner, key, before)).ShouldBeEmpty();
        (await Titles(partner, key, between)).ShouldHaveSingleItem().ShouldStartWith("Alert ");
        (await Titles(partner, key, AsOf(await partner.Now()))).ShouldBe(await Titles(partner, key, ""));
        (await Titles(partner, key, "")).Length.ShouldBe(2);
        (await partner.Get($"/v1/partners/{key}/cap/{alert}{before}")).ShouldBeProblem(404, "not-found");
        (await partner.Get($"/v1/partners/{key}/cap/{newer}{between}")).ShouldBeProblem(404, "not-found");
        (await partner.Get($"/v1/partners/{key}/cap/{alert}{between}")).ShouldBe(200).Text.ShouldBe((await partner.Get($"/v1/partners/{key}/cap/{alert}")).ShouldBe(200).Text);
        (await Titles(crisis.Liaison, key, between)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Before_the_partner_was_there_it_had_no_feed()
    {
        var before = AsOf(await (await server.Manager()).Now());
        var (partner, key, name, path) = await Desk();
        var (_, alert) = await Issue(name);
        await Came(path, 1);

        foreach (var reader in (Api[])[partner, await server.Lead()])
        {
            (await reader.Get($"/v1/partners/{key}/cap{before}")).ShouldBeProblem(404, "not-found");
            (await reader.Get($"/v1/partners/{key}/cap/{alert}{before}")).ShouldBeProblem(404, "not-found");
        }

        (await (await server.Lead()).Get($"/v1/partners/{key}{before}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Reading_is_no_acknowledgement()
    {
        var (partner, key, name, path) = await Desk();
        var (crisis, alert) = await Issue(name);
        await Came(path, 1);
        (await partner.Get($"/v1/partners/{key}/cap/{alert}")).ShouldBe(200);

        (await crisis.Lead.Read(crisis.Key)).GetProperty("alerts")[0].GetProperty("acks").GetArrayLength().ShouldBe(0);
        await server.Delivery($"incident={crisis.Key}&recipient={key}", "Delivered");
    }

    [Theory]
    [InlineData("partner-manager", "AMBER", "*", true)]
    [InlineData("duty-lead", "RED", "*", true)]
    [InlineData("partner-manager", "GREEN", "*", false)]
    [InlineData("duty-lead", "RED", "elsewhere", false)]
    [InlineData("specialist", "RED", "*", false)]
    [InlineData("executive", "RED", "*", false)]
    [InlineData("admin", "RED", "*", false)]
    public async Task Who_looks_after_the_partner_reads_what_it_reads_and_nobody_else_does(string role, string clearance, string region, bool reads)
    {
        var (_, key, name, path) = await Desk();
        var (crisis, alert) = await Issue(name);
        await Came(path, 1);
        // A partner manager reads of the crises in which partners have a part.
        var reader = await server.As(role == "partner-manager" && reads ? "lo-02" : "reader-40", roles: [role], regions: [region == "*" ? "*" : StreamCalls.NewRegion()], clearance: clearance);

        var message = await reader.Get($"/v1/partners/{key}/cap/{alert}");

        if (reads)
        {
            message.ShouldBe(200).Text.ShouldContain(alert);
        }
        else
        {
            message.ShouldBeProblem(404, "not-found");
            (await reader.Get($"/v1/partners/{key}/cap")).Text.ShouldNotContain(crisis.Key);
        }
    }

    private static string AsOf(DateTimeOffset at) => $"?asOf={TimelineCalls.Instant(at)}";

    private static async Task<string[]> Titles(Api reader, string key, string asOf) =>
        [.. XDocument.Parse((await reader.Get($"/v1/partners/{key}/cap{asOf}")).ShouldBe(200).Text).Root!.Elements(_atom + "entry").Select(e => e.Element(_atom + "title")!.Value)];

    private async Task<(Api Partner, string Key, string Name, string Path)> Desk()
    {
        var (key, name, path) = await server.Reachable();
        return (await server.As($"desk of {key}", roles: ["partner"], partner: key), key, name, path);
    }

    private async Task<(CrisisStories.Crisis Crisis, string Alert)> Issue(params string[] names)
    {
        var crisis = await server.StandUp();
        var issued = await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = names, headline = "Live video of an attack", text = "Match these hashes." });
        return (crisis, issued.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!);
    }

    private async Task Came(string path, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            await server.Receiver.Next(path);
        }
    }

    private static Task<Answer> Conditional(Api api, string path, string tag) =>
        api.Send(HttpMethod.Get, path, null, request => request.Headers.TryAddWithoutValidation("If-None-Match", tag));
}
