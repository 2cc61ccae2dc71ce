using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>What somebody had been told by an instant: a partner by name, a person, an audience, and the public.</summary>
public sealed class KnowledgeTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task A_partner_is_found_by_its_name_too()
    {
        var (key, name, path) = await server.Reachable(full: true);
        var crisis = await server.StandUp();
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        await server.Receiver.Next(path);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");

        var known = await Known(crisis.Lead, Uri.EscapeDataString(name.ToUpperInvariant()));

        var told = known.ShouldHaveSingleItem();
        told.GetProperty("recipient").GetString().ShouldBe(key);
        told.GetProperty("audience").GetString().ShouldBe("Partner");
        told.GetProperty("told").GetString().ShouldBe("Live video of an attack\nMatch these hashes.");
        (await Known(crisis.Lead, "Partner", crisis.Key)).ShouldHaveSingleItem().GetProperty("recipient").GetString().ShouldBe(key);
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task A_person_knows_what_came_to_them_a_digest_with_what_it_held()
    {
        var crisis = await server.StandUp();
        var contact = await server.ContactOf("spec-30");
        await server.Told(contact, crisis.Key, "The video is down.");
        await server.Told(contact, crisis.Key, "Two updates.", channel: "Email", kind: "Digest", covers: "UPD-2 UPD-3");
        await server.Told(contact, crisis.Key, "Still on its way.", state: "Queued");
        await server.Told(contact, crisis.Key, "Confirm this address.", kind: "Verification");

        foreach (var who in (string[])["spec-30", contact])
        {
            var known = await Known(crisis.Lead, who);
            Told(known).ShouldBe(["The video is down.", "Two updates."], who);
            known[1].GetProperty("covers").EnumerateArray().Select(c => c.GetString()).ShouldBe(["UPD-2", "UPD-3"]);
        }
    }

    [Fact]
    public async Task As_of_an_instant_only_what_had_arrived_by_then_is_known()
    {
        var crisis = await server.StandUp();
        var contact = await server.ContactOf("spec-31");
        var noon = new DateTimeOffset(2026, 5, 15, 12, 0, 0, TimeSpan.Zero);
        await server.Told(contact, crisis.Key, "At noon.", at: noon);
        await server.Told(contact, crisis.Key, "An hour later.", at: noon.AddHours(1));

        Told(await Known(crisis.Lead, "spec-31", query: "asOf=2026-05-15T11:59:59Z")).ShouldBeEmpty();
        Told(await Known(crisis.Lead, "spec-31", query: "asOf=2026-05-15T12:00:00Z")).ShouldBe(["At noon."]);
        Told(await Known(crisis.Lead, "spec-31", query: "asOf=2026-05-15T13:00:00Z")).ShouldBe(["At noon.", "An hour later."]);
    }

    [Fact]
    public async Task A_list_of_deliveries_as_of_an_instant_shows_what_waited_had_arrived_and_was_acknowledged_then()
    {
        var (key, name, path) = await server.Reachable(full: true);
        var crisis = await server.StandUp();
        var before = await crisis.Lead.Now();
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        await server.Receiver.Next(path);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        var arrived = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        var desk = await server.As("desk", roles: ["partner"], partner: key);
        var id = (await desk.Get("/v1/deliveries?kind=Alert")).ShouldBe(200).Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await desk.Send(HttpMethod.Post, $"/v1/deliveries/{id}/acknowledge", new { by = "duty officer" })).Ok.ShouldBeTrue();
        await server.Delivery($"recipient={key}&kind=Alert", "Acknowledged");

        (await Stood(crisis.Lead, key, before)).ShouldBeEmpty();
        (await Stood(crisis.Lead, key, arrived)).ShouldBe([("Delivered", 1, null)]);
        (await Stood(crisis.Lead, key, arrived, "&state=Acknowledged")).ShouldBeEmpty();
        (await crisis.Lead.Get($"/v1/deliveries/{id}?asOf={Uri.EscapeDataString(before.ToString("O"))}")).ShouldBeProblem(404, "not-found");
        var one = (await crisis.Lead.Get($"/v1/deliveries/{id}?asOf={Uri.EscapeDataString(arrived.ToString("O"))}")).ShouldBe(200);
        (one["state"], one.Json.GetProperty("attemptList").GetArrayLength()).ShouldBe(("Delivered", 1));
        (await crisis.Lead.Get($"/v1/deliveries/{id}")).ShouldBe(200)["state"].ShouldBe("Acknowledged");
        (await Stood(crisis.Lead, key, await crisis.Lead.Now())).ShouldBe([("Acknowledged", 1, "duty officer")]);
        foreach (var (asOf, by) in new[] { (arrived, false), (await crisis.Lead.Now(), true) })
        {
            var document = (await crisis.Lead.Get($"/v1/crises/{crisis.Key}/export?format=markdown&asOf={Uri.EscapeDataString(asOf.ToString("O"))}")).ShouldBe(200).Text;
            var told = document[document.IndexOf("## Who was told", StringComparison.Ordinal)..];
            told.Contains("| Delivered", StringComparison.Ordinal).ShouldBe(!by);
            told.Contains("duty officer", StringComparison.Ordinal).ShouldBe(by);
        }

        (await crisis.Lead.Get("/v1/deliveries?clock=occurred")).ShouldBeProblem(422, "validation", member: "clock");
    }

    private static async Task<(string? State, int Attempts, string? By)[]> Stood(Api lead, string recipient, DateTimeOffset asOf, string more = "") =>
        [.. (await lead.Get($"/v1/deliveries?recipient={recipient}&kind=Alert&asOf={Uri.EscapeDataString(asOf.ToString("O"))}{more}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()
            .Select(d => (d.GetProperty("state").GetString(), d.GetProperty("attempts").GetInt32(), d.TryGetProperty("acknowledgedBy", out var by) ? by.GetString() : null))];

    [Fact]
    public async Task What_was_called_off_before_it_went_out_is_not_told_to_its_receiver_at_any_instant()
    {
        var (key, _, _) = await server.Reachable(full: true);
        var crisis = await server.StandUp();
        var noon = new DateTimeOffset(2026, 5, 15, 12, 0, 0, TimeSpan.Zero);
        var id = await server.Told(key, crisis.Key, "Never sent.", state: "Cancelled", at: noon, audience: 3);
        await server.Database.Execute("update crisis.deliveries set settled_at = $2, channel = 'Webhook', reason = 'alert-over' where id = $1", id, noon.AddHours(1));
        var desk = await server.As("desk", roles: ["partner"], partner: key);

        (await Stood(crisis.Lead, key, noon.AddMinutes(30))).ShouldBe([("Queued", 0, null)]);
        (await Stood(crisis.Lead, key, noon.AddHours(2))).ShouldBe([("Cancelled", 0, null)]);
        foreach (var asOf in (DateTimeOffset[])[noon.AddMinutes(30), noon.AddHours(2)])
        {
            (await Stood(desk, key, asOf)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_partner_is_not_told_which_versions_it_was_told_of()
    {
        var (key, _, _) = await server.Reachable(full: true);
        var crisis = await server.StandUp();
        await server.Told(key, crisis.Key, "Match these hashes.", channel: "Webhook", kind: "Update", audience: 3, covers: "912 915");

        (await Known(crisis.Lead, key)).ShouldHaveSingleItem().GetProperty("covers").GetArrayLength().ShouldBe(2);
        var own = (await Known(await server.As("desk", roles: ["partner"], partner: key), key)).ShouldHaveSingleItem();
        own.GetProperty("told").GetString().ShouldBe("Match these hashes.");
        own.TryGetProperty("covers", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_redacted_since_is_known_to_the_core_team_alone()
    {
        var crisis = await server.StandUp();
        var contact = await server.ContactOf("spec-39");
        var update = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "It is Jane." });
        await server.Told(contact, crisis.Key, "It is Jane.", covers: $"{update.Version}");
        var near = await server.As("spec-40", regions: [crisis.Region], clearance: "RED");
        Told(await Known(near, contact)).ShouldBe(["It is Jane."]);

        await crisis.Commander.Gives(crisis.Key, "redact-entry", new { entry = update.Version, reason = "names a victim" });

        Told(await Known(near, contact)).ShouldBe(["Corrected or withdrawn since."]);
        Told(await Known(await server.As("spec-39", regions: [crisis.Region]), contact)).ShouldBe(["Corrected or withdrawn since."]);
        Told(await Known(crisis.Lead, contact)).ShouldBe(["It is Jane."]);
    }

    [Fact]
    public async Task An_audience_knows_what_was_sent_to_those_who_read_as_it()
    {
        var crisis = await server.StandUp();
        var (one, two) = (await server.ContactOf("exec-32"), await server.ContactOf("exec-33"));
        await server.Told(one, crisis.Key, "The condition.", audience: 2);
        await server.Told(two, crisis.Key, "The condition.", audience: 2);
        await server.Told(one, crisis.Key, "Facts and levers.", audience: 1);

        var known = await Known(crisis.Lead, "Executive", crisis.Key);

        Told(known).ShouldBe(["The condition.", "The condition."]);
        known.Select(k => k.GetProperty("recipient").GetString()).ShouldBe([one, two]);
        Told(await Known(crisis.Lead, "CrossFunctional", crisis.Key)).ShouldBe(["Facts and levers."]);
        Told(await Known(crisis.Lead, "Core", crisis.Key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_public_knows_what_was_published_by_then()
    {
        var crisis = await server.StandUp();
        var before = await crisis.Lead.Now();
        await crisis.Press.Gives(crisis.Key, "draft-public-update", new { text = "We are aware of the attack." });
        (await Known(crisis.Lead, "Public", crisis.Key)).ShouldBeEmpty();
        await crisis.Commander.Gives(crisis.Key, "approve-public-update", new { draftId = "PD-1" });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Not for the public." });

        var told = (await Known(crisis.Lead, "Public", crisis.Key)).ShouldHaveSingleItem();

        told.GetProperty("told").GetString()!.ShouldContain("We are aware of the attack.");
        told.TryGetProperty("delivery", out _).ShouldBeFalse();
        told.GetProperty("deliveredAt").GetDateTimeOffset().ShouldBeGreaterThan(before);
        (await Known(crisis.Lead, "Public", crisis.Key, $"asOf={before.UtcDateTime:O}")).ShouldBeEmpty();
        (await Known(await server.As("spec-34", regions: [StreamCalls.NewRegion()], clearance: "RED"), "Public", crisis.Key)).ShouldBeEmpty();
        (await Known(await server.As("desk", roles: ["partner"], partner: "PRT-900"), "Public", crisis.Key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_pages_hold_everything_once_in_the_order_of_its_arrival_also_what_arrived_at_the_same_instant()
    {
        var crisis = await server.StandUp();
        var contact = await server.ContactOf("spec-35");
        var noon = new DateTimeOffset(2026, 5, 15, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 7; i++)
        {
            await server.Told(contact, crisis.Key, $"Message {i}", at: noon.AddSeconds(i / 3));
        }

        List<string> told = [];
        string? cursor = null;
        do
        {
            var page = (await crisis.Lead.Get($"/v1/knowledge/{contact}?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            told.AddRange(Told(page.GetProperty("items").EnumerateArray()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        told.ShouldBe(Enumerable.Range(0, 7).Select(i => $"Message {i}"));
    }

    [Fact]
    public async Task Everybody_reads_their_own_and_of_others_only_what_they_may_read_themselves()
    {
        var crisis = await server.StandUp();
        var executive = await server.As("exec-36", roles: ["executive"], regions: [crisis.Region], clearance: "AMBER");
        await server.Told(await server.ContactOf("exec-36"), crisis.Key, "The condition.", audience: 2);
        await server.Told(await server.ContactOf("ic-37"), crisis.Key, "What Core knows.", audience: 0);
        var near = await server.As("spec-38", regions: [crisis.Region], clearance: "RED");

        Told(await Known(executive, "exec-36")).ShouldBe(["The condition."]);
        Told(await Known(executive, "ic-37")).ShouldBeEmpty();
        Told(await Known(near, "exec-36")).ShouldBe(["The condition."]);
        Told(await Known(near, "ic-37")).ShouldBeEmpty();
        Told(await Known(near, "Core", crisis.Key)).ShouldBeEmpty();
        (await near.Get($"/v1/deliveries?incident={crisis.Key}&limit=500")).ShouldBe(200).Text.ShouldNotContain("What Core knows");
        Told(await Known(crisis.Lead, "ic-37")).ShouldBe(["What Core knows."]);
        (await Known(await server.As("desk", roles: ["partner"], partner: "PRT-900"), "exec-36")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_a_problem_and_a_stranger_knows_nothing()
    {
        var lead = await server.As("lead-01", roles: ["duty-lead"], clearance: "RED");

        (await lead.Get("/v1/knowledge/PRT-001?cursor=abc")).ShouldBeProblem(422, "validation", member: "cursor");
        (await lead.Get("/v1/knowledge/PRT-001?asOf=yesterday")).ShouldBeProblem(422, "validation", member: "asOf");
        (await lead.Get("/v1/knowledge/PRT-001?limit=501")).ShouldBeProblem(422, "validation", member: "limit");
        (await Known(lead, "nobody-knows-them")).ShouldBeEmpty();
        (await lead.Get("/v1/knowledge/%27%3B%20drop%20table%20crisis.deliveries")).ShouldBe(200);
    }

    private static async Task<JsonElement[]> Known(Api api, string who, string? incident = null, string query = "") =>
        [.. (await api.Get($"/v1/knowledge/{who}?limit=500{(incident is null ? "" : $"&incident={incident}")}&{query}".TrimEnd('&'))).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];

    private static string[] Told(IEnumerable<JsonElement> items) => [.. items.Select(i => i.GetProperty("told").GetString()!)];
}
