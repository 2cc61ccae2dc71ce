using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Contacts;

/// <summary>Where a contact is reached: registered, confirmed by the link in a real mail, changed and erased.</summary>
public sealed class ContactAddressTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task An_address_is_confirmed_by_the_link_in_the_mail_that_came_there_and_is_erased_when_it_is_removed()
    {
        var (self, id, key) = await server.Colleague();
        var address = $"{id}@mine.example";
        (await self.Gives(key, "register-address", new { channel = "Email", address })).AddressId().ShouldBe("AD-1");
        (await self.Address(key)).GetProperty("verified").GetBoolean().ShouldBeFalse();

        var mail = await server.Smtp.Mail(address, 1);
        var link = ContactStories.Link(mail.TextBody!);
        (await server.Node.With(null).Get(new Uri(link).AbsolutePath)).ShouldBe(200).Text.ShouldNotContain(key);
        (await self.Address(key)).GetProperty("verified").GetBoolean().ShouldBeFalse("opening a link does nothing");
        (await server.Follow(link)).ShouldBe(200);
        (await server.Follow(link)).ShouldBe(200).Text.ShouldContain("before");
        (await self.Address(key)).GetProperty("verified").GetBoolean().ShouldBeTrue();

        var shown = (await self.Get($"/v1/contacts/{key}/addresses")).ShouldBe(200);
        shown.Headers["Cache-Control"].ShouldBe(["no-store"]);
        shown.Json.GetProperty("items")[0].GetProperty("address").GetString().ShouldBe(address);
        await self.Gives(key, "remove-address", new { addressId = "AD-1" });

        (await Rows(key)).ShouldBe(0);
        (await self.Get($"/v1/contacts/{key}/addresses")).ShouldBe(200).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await server.Follow(link)).ShouldBeProblem(404, "not-found");
        await StandsNowhere(address);
    }

    [Fact]
    public async Task Who_is_removed_leaves_no_address_behind()
    {
        var (self, id, key) = await server.Colleague();
        await self.Gives(key, "register-address", new { channel = "Email", address = $"{id}@mine.example" });
        await self.Gives(key, "register-address", new { channel = "Phone", address = "+43 1 7770199" });
        (await Rows(key)).ShouldBe(2);

        await self.Gives(key, "remove", new { reason = "left" });

        (await Rows(key)).ShouldBe(0);
        await StandsNowhere($"{id}@mine.example");
        await StandsNowhere("7770199");
    }

    [Fact]
    public async Task Only_whose_it_is_and_those_who_tell_them_something_read_an_address()
    {
        var (self, id, key) = await server.Colleague();
        await self.Gives(key, "register-address", new { channel = "Email", address = $"{id}@mine.example" });

        foreach (var reader in new[] { await server.Staff("lead-01", "duty-lead"), await server.Staff("pm-01", "partner-manager") })
        {
            (await reader.Get($"/v1/contacts/{key}/addresses")).ShouldBe(200).Text.ShouldContain(id);
            (await reader.Get($"/v1/contacts/{key}")).Text.ShouldNotContain("@mine.example");
            (await reader.Get($"/v1/contacts?limit=500")).Text.ShouldNotContain("@mine.example");
            (await reader.Get($"/v1/timelines/{key}")).Text.ShouldNotContain("@mine.example");
        }

        (await (await server.As("admin-02", roles: ["admin"], clearance: "AMBER")).Get($"/v1/contacts/{key}/addresses")).ShouldBeProblem(403, "forbidden");
        (await (await server.As("spec-77", clearance: "RED")).Get($"/v1/contacts/{key}/addresses")).ShouldBeProblem(404, "not-found");
        (await self.Get("/v1/contacts/CNT-999999/addresses")).ShouldBeProblem(404, "not-found");
        (await self.Get("/v1/contacts/PRT-001/addresses")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task The_same_idempotency_key_is_one_address_also_at_the_same_instant()
    {
        var (self, id, key) = await server.Colleague();
        var body = new { channel = "Email", address = $"{id}@mine.example" };

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => self.Give(key, "register-address", body, idempotencyKey: "once")));
        var later = await self.Give(key, "register-address", body, idempotencyKey: "once");

        all.Append(later).Select(a => a.ShouldBe(200).Text).Distinct().ShouldHaveSingleItem();
        (await Rows(key)).ShouldBe(1);
        (await server.Database.Scalar<string>("select ref from crisis.contact_addresses where contact = $1", key)).ShouldBe((await self.Address(key)).GetProperty("vaultRef").GetString());
        (await self.Give(key, "register-address", new { channel = "Email", address = $"other-{id}@mine.example" }, idempotencyKey: "once")).ShouldBeProblem(422, "idempotency-key-reused");
        (await Rows(key)).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_registered_leaves_nothing_in_the_vault()
    {
        var (self, id, key) = await server.Colleague();
        await self.Gives(key, "register-address", new { channel = "Email", address = $"{id}@mine.example" });
        var before = await server.Database.Everything();
        async Task<Answer> Refused(Api api, string channel, string address, string? ifMatch = null) => await api.Give(key, "register-address", new { channel, address }, ifMatch);

        (await Refused(self, "Email", $"{id}@mine.example")).ShouldBeProblem(422, "guard-failed", guard: "address-new");
        (await Refused(self, "Email", $"Somebody <{id}@mine.example>")).ShouldBeProblem(422, "guard-failed", guard: "address-shape").Text.ShouldNotContain(id);
        (await Refused(self, "Webhook", "https://hash.example/")).ShouldBeProblem(422, "guard-failed", guard: "address-channel");
        (await Refused(self, "Inbox", "me")).ShouldBeProblem(422, "guard-failed", guard: "address-channel");
        (await Refused(await server.As("exec-01", roles: ["executive"], clearance: "RED"), "Email", "me@mine.example")).ShouldBeProblem(403, "forbidden", guard: "own-contact");
        (await Refused(await server.As("spec-77", clearance: "RED"), "Email", "me@mine.example")).ShouldBeProblem(404, "not-found");
        (await Refused(self, "Email", $"new-{id}@mine.example", ifMatch: "\"1\"")).Status.ShouldBe(412);
        (await self.Send(HttpMethod.Post, $"/v1/contacts/{key}/register-address?dryRun=true", new { channel = "Email", address = $"new-{id}@mine.example" })).ShouldBe(200);
        (await self.Send(HttpMethod.Post, "/v1/contacts/CNT-999999/register-address", new { channel = "Email", address = "me@mine.example" })).ShouldBeProblem(404, "not-found");

        (await server.Database.Everything()).ShouldBe(before);
        (await Rows(key)).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_server_that_died_left_in_the_vault_goes_with_the_next_address()
    {
        var (self, id, key) = await server.Colleague();
        await server.Database.Execute("insert into crisis.contact_addresses values ('VLT-old', $1, 'Email', 'old@mine.example', now() - interval '2 hours'), ('VLT-new', $1, 'Email', 'new@mine.example', now() + interval '1 year')", key);

        await self.Gives(key, "register-address", new { channel = "Email", address = $"{id}@mine.example" });

        (await server.Database.Column<string>("select ref from crisis.contact_addresses where contact = $1 and ref in ('VLT-old', 'VLT-new')", key)).ShouldBe(["VLT-new"]);
    }

    [Fact]
    public async Task A_person_verifies_a_phone_and_nothing_else()
    {
        var (self, id, key) = await server.Colleague();
        await self.Gives(key, "register-address", new { channel = "Phone", address = "+43 1 5550100" });
        await self.Gives(key, "register-address", new { channel = "Email", address = $"{id}@mine.example" });

        (await self.Give(key, "verify-address", new { addressId = "AD-2", how = "it is mine" })).ShouldBeProblem(403, "forbidden", guard: "challenge-answered");
        (await self.Give(key, "verify-address", new { addressId = "AD-1", how = "called back on +43 1 5550100" })).ShouldBeProblem(422, "guard-failed", guard: "address-untold");
        await self.Gives(key, "verify-address", new { addressId = "AD-1", how = "called back" });
        (await self.Address(key)).GetProperty("verified").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_disabled_is_confirmed_anew_and_the_link_of_before_is_worth_nothing()
    {
        var (self, id, key) = await server.Colleague();
        var address = $"{id}@mine.example";
        await self.Gives(key, "register-address", new { channel = "Email", address });
        var first = ContactStories.Link((await server.Smtp.Mail(address, 1)).TextBody!);
        await self.Gives(key, "disable-address", new { addressId = "AD-1", reason = "lost" });
        (await server.Follow(first)).ShouldBeProblem(404, "not-found");

        await self.Gives(key, "enable-address", new { addressId = "AD-1" });

        var second = ContactStories.Link((await server.Smtp.Mail(address, 2)).TextBody!);
        (await server.Follow(first)).ShouldBeProblem(404, "not-found");
        (await server.Follow(second)).ShouldBe(200);
        (await self.Address(key)).GetProperty("verified").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_address_is_tried_once_it_was_confirmed()
    {
        var (self, id, key) = await server.Colleague();
        var address = $"{id}@mine.example";
        await self.Gives(key, "register-address", new { channel = "Email", address });
        var path = $"/v1/contacts/{key}/addresses/AD-1/test";
        (await self.Send(HttpMethod.Post, path)).ShouldBeProblem(422, "validation", member: "address").Text.ShouldContain("address-unverified");
        (await server.Follow(ContactStories.Link((await server.Smtp.Mail(address, 1)).TextBody!))).ShouldBe(200);

        var delivery = (await self.Send(HttpMethod.Post, path)).ShouldBe(202).Json.GetProperty("delivery").GetString();

        (await server.Smtp.Mail(address, 2)).TextBody!.ShouldContain("This is a test.");
        await Eventually.Is(async () => (await self.Get($"/v1/deliveries/{delivery}")).ShouldBe(200)["state"] == "Delivered", "the test is delivered");
        (await self.Send(HttpMethod.Post, $"/v1/contacts/{key}/addresses/AD-9/test")).ShouldBeProblem(404, "not-found");
        (await (await server.As("exec-01", roles: ["executive"], clearance: "RED")).Send(HttpMethod.Post, path)).ShouldBeProblem(403, "forbidden");
        (await (await server.As("spec-77", clearance: "RED")).Send(HttpMethod.Post, path)).ShouldBeProblem(404, "not-found");
        server.Log.All.ShouldAllBe(line => !line.Contains(address));
    }

    [Fact]
    public async Task An_address_that_is_gone_is_disabled()
    {
        var (self, _, key) = await server.Colleague();
        var room = $"/{key}";
        await server.Confirmed(self, key, room);
        server.Receiver.Answers(room, 410);

        (await self.Send(HttpMethod.Post, $"/v1/contacts/{key}/addresses/AD-1/test")).ShouldBe(202);

        await Eventually.Is(async () => (await self.Address(key)).TryGetProperty("disabled", out _), "the address is disabled");
        await server.Receiver.Next(room);
        (await self.Send(HttpMethod.Post, $"/v1/contacts/{key}/addresses/AD-1/test")).ShouldBeProblem(422, "validation").Text.ShouldContain("address-disabled");
    }

    private Task<long> Rows(string key) => server.Database.Scalar<long>("select count(*) from crisis.contact_addresses where contact = $1", key);

    /// <summary>No event, no timeline, no list, no delivery and no answer that is kept holds this text.</summary>
    private async Task StandsNowhere(string text)
    {
        await server.Database.RulesHeard();
        foreach (var table in (string[])["mt_events", "timeline", "cards", "claims", "snapshots", "idempotency", "deliveries", "delivery_attempts", "contact_addresses"])
        {
            (await server.Database.Scalar<long>($"select count(*) from crisis.{table} t where t::text like '%' || $1 || '%'", text)).ShouldBe(0, table);
        }

        // As text a body is hexadecimal.
        (await server.Database.Scalar<long>("select count(*) from crisis.deliveries where position(convert_to($1, 'UTF8') in body) > 0", text)).ShouldBe(0);
    }
}
