using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>From the alert to the partner and back: signed, thin, to those who may read it, acknowledged, and over when it is over.</summary>
public sealed class AlertTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task A_named_partner_gets_the_alert_signed_and_thin()
    {
        var (key, name, path) = await server.Reachable();
        var (crisis, alert) = await Alerted(name);

        var came = await server.Receiver.Next(path);
        var message = JsonDocument.Parse(came.Body).RootElement;
        message.GetProperty("specversion").GetString().ShouldBe("1.0");
        message.GetProperty("type").GetString().ShouldBe("org.crisisops.crisis.PartnerAlertIssued.v1");
        message.GetProperty("id").GetString().ShouldBe(came.Id);
        message.GetProperty("dataclassification").GetString().ShouldBe("AMBER");
        message.GetProperty("data").GetProperty("alertId").GetString().ShouldBe(alert);
        came.Headers["Content-Type"].ShouldBe("application/cloudevents+json");
        came.Text.ShouldNotContain("Match these");
        came.Text.ShouldNotContain("Live video");
        await Signed(key, came);

        var delivery = await server.Delivery($"incident={crisis.Key}&recipient={key}", "Delivered");
        delivery.GetProperty("id").GetString().ShouldBe(came.Id);
        var attempt = (await crisis.Lead.Get($"/v1/deliveries/{came.Id}")).ShouldBe(200).Json.GetProperty("attemptList").EnumerateArray().ShouldHaveSingleItem();
        attempt.GetProperty("status").GetString().ShouldBe("204");
        attempt.GetProperty("bodyHash").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(came.Body)));
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task An_endpoint_that_was_cleared_for_all_of_it_gets_the_text()
    {
        var (_, name, path) = await server.Reachable(full: true);
        await Alerted(name);

        (await server.Receiver.Next(path)).Text.ShouldContain("Match these hashes.");
    }

    [Fact]
    public async Task While_a_secret_is_rotated_the_old_one_signs_too()
    {
        var (key, name, path) = await server.Reachable();
        var manager = await server.Manager();
        var before = await Secrets(manager, key);
        await manager.Gives(key, "rotate-secret", new { endpointId = "EP-1" });

        var secrets = await Secrets(manager, key);
        secrets.Length.ShouldBe(2);
        secrets[1].ShouldBe(before.ShouldHaveSingleItem());
        await Alerted(name);
        var came = await server.Receiver.Next(path);
        came.Headers["webhook-signature"].Split(' ').ShouldBe([Sign(secrets[0], came), Sign(secrets[1], came)]);
    }

    [Fact]
    public async Task Who_asked_for_CAP_gets_CAP_and_no_other_partner_is_named_in_it()
    {
        var (_, name, path) = await server.Reachable(format: "Cap");
        var (_, other, otherPath) = await server.Reachable();
        var (crisis, alert) = await Alerted(name, other);
        (await server.Receiver.Next(otherPath)).Text.ShouldNotContain(name);

        var came = await server.Receiver.Next(path);
        came.Headers["Content-Type"].ShouldBe("application/cap+xml");
        came.Text.ShouldContain($"<identifier>{alert}</identifier>");
        came.Text.ShouldContain($"<incidents>{crisis.Key}</incidents>");
        came.Text.ShouldNotContain(other);
    }

    [Fact]
    public async Task Who_may_not_read_it_is_unknown_or_can_not_be_reached_is_told_nothing_and_that_stands_on_the_record()
    {
        var (green, greenName, greenPath) = await server.Reachable(clearance: "GREEN");
        var (bare, bareName) = await server.Partner();
        var (crisis, _) = await Alerted(greenName, bareName, "Nobody Knows Them");

        await server.Delivery($"incident={crisis.Key}&recipient={green}", "Suppressed");
        var why = (await server.Deliveries($"incident={crisis.Key}")).ToDictionary(d => d.GetProperty("recipient").GetString()!, d => d.GetProperty("reason").GetString());
        why[green].ShouldBe("clearance");
        why[bare].ShouldBe("no-endpoint");
        why["Nobody Knows Them"].ShouldBe("unknown-partner");
        server.Receiver.ShouldHaveNothingElse();
        greenPath.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_link_in_the_message_acknowledges_it_once_and_only_opening_it_does_nothing()
    {
        var (key, name, path) = await server.Reachable();
        var (crisis, alert) = await Alerted(name);
        var came = await server.Receiver.Next(path);
        var link = JsonDocument.Parse(came.Body).RootElement.GetProperty("data").GetProperty("acknowledge").GetString()!;

        var opened = (await server.Node.With(null).Get(new Uri(link).AbsolutePath)).ShouldBe(200);
        opened.Text.ShouldContain("<form method=\"post\">");
        opened.Text.ShouldNotContain(alert);
        (await Acks(crisis)).ShouldBeEmpty();

        (await server.Follow(link, new { by = "duty officer" })).ShouldBe(200);
        (await server.Follow(link, new { by = "somebody else" })).ShouldBe(200).Text.ShouldContain("before");

        (await Acks(crisis)).ShouldBe([$"{name} duty officer Webhook"]);
        var delivery = await server.Delivery($"incident={crisis.Key}&recipient={key}", "Acknowledged");
        delivery.GetProperty("acknowledgedBy").GetString().ShouldBe("duty officer");
    }

    [Fact]
    public async Task What_a_partner_knew_at_an_instant_is_what_had_arrived_by_then()
    {
        var (key, name, path) = await server.Reachable(full: true);
        var before = await (await server.Manager()).Now();
        var (crisis, _) = await Alerted(name);
        var came = await server.Receiver.Next(path);
        await server.Delivery($"incident={crisis.Key}&recipient={key}", "Delivered");
        var told = await (await server.Manager()).Now();
        await server.Follow(JsonDocument.Parse(came.Body).RootElement.GetProperty("data").GetProperty("acknowledge").GetString()!, new { by = "desk" });
        await server.Delivery($"incident={crisis.Key}&recipient={key}", "Acknowledged");

        async Task<JsonElement[]> Known(string query) =>
            [.. (await crisis.Lead.Get($"/v1/knowledge/{key}?incident={crisis.Key}{query}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];
        (await Known($"&asOf={before.UtcDateTime:O}")).ShouldBeEmpty();
        var then = (await Known($"&asOf={told.UtcDateTime:O}")).ShouldHaveSingleItem();
        then.GetProperty("told").GetString().ShouldBe("Live video of an attack\nMatch these hashes.");
        then.TryGetProperty("acknowledgedAt", out _).ShouldBeFalse();
        (await Known("")).ShouldHaveSingleItem().GetProperty("acknowledgedBy").GetString().ShouldBe("desk");
        (await (await server.As("exec-01", roles: ["executive"])).Get($"/v1/knowledge/{key}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_is_not_ours_leads_nowhere()
    {
        foreach (var token in new[] { "AAAA", "x", Convert.ToBase64String(new byte[40]).TrimEnd('=') })
        {
            (await server.Node.With(null).Send(HttpMethod.Post, $"/v1/links/acknowledge/{token}", new { by = "x" })).ShouldBeProblem(404, "not-found");
            (await server.Node.With(null).Get($"/v1/links/confirm/{token}")).ShouldBeProblem(404, "not-found");
        }
    }

    [Fact]
    public async Task A_partner_acknowledges_by_api_what_came_to_it_and_sees_nothing_else()
    {
        var (key, name, path) = await server.Reachable();
        var (otherKey, _, _) = await server.Reachable();
        var (crisis, _) = await Alerted(name);
        var id = (await server.Receiver.Next(path)).Id;
        await server.Delivery($"incident={crisis.Key}&recipient={key}", "Delivered");
        var partner = await server.As("hash-desk", roles: ["partner"], partner: key);
        var other = await server.As("other-desk", roles: ["partner"], partner: otherKey);

        (await other.Send(HttpMethod.Post, $"/v1/deliveries/{id}/acknowledge", new { by = "x" })).ShouldBeProblem(404, "not-found");
        (await other.Get($"/v1/deliveries/{id}")).ShouldBeProblem(404, "not-found");
        (await partner.Get("/v1/deliveries?limit=500")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldAllBe(d => d.GetProperty("recipient").GetString() == key);
        (await partner.Send(HttpMethod.Post, $"/v1/deliveries/{id}/acknowledge", new { by = "hash desk" })).ShouldBe(200);

        (await Acks(crisis)).ShouldBe([$"{name} hash desk Api"]);
    }

    [Fact]
    public async Task Who_was_told_that_it_began_is_told_once_that_it_is_over_and_who_was_not_is_not()
    {
        var (key, name, path) = await server.Reachable();
        var (silentKey, silentName, silentPath) = await server.Reachable();
        server.Receiver.Answers(path, 204);
        await (await server.Manager()).Gives(silentKey, "suspend", new { reason = "moves its servers" });
        var (crisis, alert) = await Alerted(name, silentName);
        await server.Receiver.Next(path);
        await server.Delivery($"incident={crisis.Key}&recipient={key}", "Delivered");
        await (await server.Manager()).Gives(silentKey, "reinstate");

        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = alert, text = "No further action is needed." });

        var over = JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement;
        over.GetProperty("type").GetString().ShouldBe("org.crisisops.crisis.PartnerAlertCancelled.v1");
        over.GetProperty("data").GetProperty("state").GetString().ShouldBe("Over");
        var untold = (await server.Deliveries($"incident={crisis.Key}&recipient={silentKey}&kind=AlertCancel")).ShouldHaveSingleItem();
        untold.GetProperty("reason").GetString().ShouldBe("never-told");
        (await server.Deliveries($"incident={crisis.Key}&recipient={key}&kind=AlertCancel")).ShouldHaveSingleItem();
        server.Receiver.ShouldHaveNothingElse();
        silentPath.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_acknowledgement_that_is_overdue_leaves_a_telephone_call_to_be_made_until_it_comes()
    {
        var (key, name, path) = await server.Reachable();
        var manager = await server.Manager();
        await manager.Gives(key, "register-endpoint", new { channel = "Phone", address = "+43 1 2345678" });
        await manager.Gives(key, "verify-endpoint", new { endpointId = "EP-2", how = "called back" });
        var (crisis, alert) = await Alerted(name);
        await server.Receiver.Next(path);

        await manager.MoveTo((await manager.Now()).AddMinutes(21));

        await server.Delivery($"incident={crisis.Key}&recipient={key}&channel=Phone", "Queued");
        await crisis.Liaison.Gives(crisis.Key, "record-partner-ack", new { alertId = alert, partner = name, channel = "Phone", by = "duty officer" });
        await server.Delivery($"incident={crisis.Key}&recipient={key}&channel=Phone", "Cancelled");
        server.Receiver.ShouldHaveNothingElse();
    }

    private async Task<(CrisisStories.Crisis Crisis, string Alert)> Alerted(params string[] names)
    {
        var crisis = await server.StandUp();
        var issued = await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = names, headline = "Live video of an attack", text = "Match these hashes." });
        return (crisis, issued.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!);
    }

    private static async Task<string[]> Acks(CrisisStories.Crisis crisis) =>
        [.. (await crisis.Lead.Read(crisis.Key)).GetProperty("alerts")[0].GetProperty("acks").EnumerateArray()
            .Select(a => $"{a.GetProperty("partner").GetString()} {a.GetProperty("by").GetString()} {a.GetProperty("channel").GetString()}")];

    private async Task Signed(string key, ReceivedRequest came) =>
        came.Headers["webhook-signature"].ShouldBe(Sign((await Secrets(await server.Manager(), key)).ShouldHaveSingleItem(), came));

    private static async Task<string[]> Secrets(Api manager, string key) =>
        [.. (await manager.Get($"/v1/partners/{key}/endpoints/EP-1/secrets")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("secret").GetString()!)];

    /// <summary>As a receiver computes it, from the specification.</summary>
    private static string Sign(string secret, ReceivedRequest came) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{came.Id}.{came.Headers["webhook-timestamp"]}.{came.Text}")))}";
}
