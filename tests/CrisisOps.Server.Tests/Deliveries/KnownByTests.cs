using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>GET /v1/knowledge/of/{entry}: who knew what an entry says, and since when.</summary>
public sealed class KnownByTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task An_alert_is_known_by_who_wrote_it_and_by_each_partner_from_its_arrival_on()
    {
        var (key, name, path) = await server.Reachable(full: true);
        var crisis = await server.StandUp();
        var issued = await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        await server.Receiver.Next(path);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        var arrived = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        await crisis.Liaison.Gives(crisis.Key, "record-partner-ack", new { alertId = $"crisisops-{crisis.Key}.1", partner = name, channel = "Phone", by = "duty officer" });

        var known = await By(crisis.Lead, $"{crisis.Key}@{issued.Version}");

        known.Select(k => (k.GetProperty("how").GetString(), k.GetProperty("who").GetString())).ShouldBe([("Wrote", "lo-02"), ("Told", key)]);
        known[1].GetProperty("channel").GetString().ShouldBe("Webhook");
        known[1].GetProperty("since").GetDateTimeOffset().ShouldBeInRange(known[0].GetProperty("since").GetDateTimeOffset(), arrived);
        (await By(crisis.Lead, $"{crisis.Key}@{issued.Version}", known[0].GetProperty("since").GetDateTimeOffset())).Select(k => k.GetProperty("how").GetString()).ShouldBe(["Wrote"]);
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task What_a_digest_held_and_what_was_published_is_known_too()
    {
        var crisis = await server.StandUp();
        var contact = await server.ContactOf("spec-71");
        var posted = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The video is down." });
        await server.Told(contact, crisis.Key, "Two updates.", channel: "Email", kind: "Digest", covers: $"{posted.Version} {posted.Version + 1}", at: await crisis.Lead.Now());
        await crisis.Press.Gives(crisis.Key, "draft-public-update", new { text = "We are aware of the attack." });
        var published = await crisis.Commander.Gives(crisis.Key, "approve-public-update", new { draftId = "PD-1" });

        (await By(crisis.Lead, $"{crisis.Key}@{posted.Version}")).Select(k => (k.GetProperty("how").GetString(), k.GetProperty("who").GetString())).ShouldBe([("Wrote", "ic-01"), ("Told", contact)]);
        var toAll = (await By(crisis.Lead, $"{crisis.Key}@{published.Version}")).Single(k => k.GetProperty("how").GetString() == "Published");
        toAll.GetProperty("audience").GetString().ShouldBe("Public");
    }

    [Fact]
    public async Task Who_reports_is_told_to_the_core_team_alone()
    {
        var region = StreamCalls.NewRegion();
        var lead = await server.As("lead-75", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
        var key = await (await server.As("desk-75", roles: ["partner"], partner: "PRT-075", clearance: "AMBER")).Raised(new { region = new[] { region }, source = "TrustedPartner" });
        await lead.Gives(key, "request-input", new { function = "Legal", question = "May we?", dueAt = (await lead.Now()).AddHours(1) });
        var function = await server.As("legal-75", roles: ["legal-counsel"], regions: [region], functions: ["Legal"], clearance: "AMBER");
        (await function.Get($"/v1/timelines/{key}")).ShouldBe(200).Text.ShouldNotContain("desk-75");

        (await By(function, $"{key}@1"))[0].ShouldSatisfyAllConditions(k => k.GetProperty("how").GetString().ShouldBe("Wrote"), k => k.TryGetProperty("who", out _).ShouldBeFalse());
        (await By(lead, $"{key}@1"))[0].GetProperty("who").GetString().ShouldBe("desk-75");
    }

    [Fact]
    public async Task Who_may_not_read_the_entry_learns_nothing_of_who_knew_it()
    {
        var crisis = await server.StandUp();
        var secret = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Sealed.", tlp = "RED" });
        var core = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "For the core alone.", audiences = new[] { new { audience = "Core" } } });
        Api[] strangers =
        [
            await server.As("spec-72", regions: [crisis.Region], clearance: "AMBER"), await server.As("exec-73", roles: ["executive"], regions: ["*"], clearance: "RED"),
            await server.As("desk", roles: ["partner"], partner: "PRT-900"), await server.As("spec-74", regions: [StreamCalls.NewRegion()], clearance: "RED"),
        ];

        foreach (var stranger in strangers)
        {
            (await stranger.Get($"/v1/knowledge/of/{crisis.Key}@{secret.Version}")).ShouldBeProblem(404, "not-found");
            (await stranger.Get($"/v1/knowledge/of/{crisis.Key}@{core.Version}")).ShouldBeProblem(404, "not-found");
        }

        foreach (var nothing in (string[])["nothing", $"{crisis.Key}@999", $"{crisis.Key}@0", $"{crisis.Key}@-1", $"{crisis.Key}@x", "@1", $"{crisis.Key}@1?asOf=2000-01-01T00:00:00Z"])
        {
            (await crisis.Lead.Get($"/v1/knowledge/of/{nothing}")).ShouldBeProblem(404, "not-found");
        }

        (await crisis.Lead.Get($"/v1/knowledge/of/{crisis.Key}@1?asOf=then")).ShouldBeProblem(422, "validation", member: "asOf");
    }

    private static async Task<JsonElement[]> By(Api caller, string entry, DateTimeOffset? asOf = null) =>
        [.. (await caller.Get($"/v1/knowledge/of/{entry}{(asOf is null ? "" : $"?asOf={Uri.EscapeDataString(asOf.Value.ToString("O"))}")}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];
}
