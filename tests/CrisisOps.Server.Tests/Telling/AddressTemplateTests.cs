using System.Text.Json;
using CrisisOps.Server.Tests.Contacts;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Subscriptions;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Confirmations, tests and requests to subscribe are texts that the operator can write, in the language of who reads them.</summary>
public sealed class AddressTemplateTests(MailServer server) : IClassFixture<MailServer>
{
    private static readonly object _quiet = new { channels = new[] { "Email" }, ackRequired = true, quietHours = new { tz = "Europe/Vienna", from = "22:00", to = "07:00" } };

    [Fact]
    public async Task Somebody_who_reads_German_confirms_and_tries_an_address_and_is_asked_what_they_want_in_German()
    {
        var (self, id, contact) = await server.Colleague();
        await self.Gives(contact, "change", new { language = "de-AT" });
        var address = $"{id}@mine.example";
        await self.Gives(contact, "register-address", new { channel = "Email", address });

        var confirmation = await server.Letter(address, 1);
        confirmation.Subject.ShouldBe("CrisisOps: Bitte bestätigen Sie diese Adresse");
        confirmation.Text.ShouldContain("bestätigen Sie es mit diesem Link");
        confirmation.Text.ShouldEndWith($"{contact}, AD-1\n");
        (await server.Follow(confirmation.Link("confirm"))).ShouldBe(200);
        var test = (await self.Send(HttpMethod.Post, $"/v1/contacts/{contact}/addresses/AD-1/test")).ShouldBe(202).Json.GetProperty("delivery").GetString();
        (await server.Letter(address, 2)).Text.ShouldStartWith("Das ist ein Test.");
        (await self.Get($"/v1/deliveries/{test}")).ShouldBe(200)["template"].ShouldBe("Test/any/any/de");

        var key = (await (await server.Manager()).Subscribe(contact, more: _quiet)).ShouldBe(201).Key;
        var asked = await server.Letter(address, 3);
        asked.Subject.ShouldBe("CrisisOps: Bitte bestätigen Sie, was Sie bekommen");
        asked.Text.ShouldContain("(als CrossFunctional, bis TLP:AMBER, Immediate)");
        asked.Text.ShouldContain("Über: Email.\nRuhe von 22:00 bis 07:00 (Europe/Vienna), außer bei SEV1.\nJede bittet um eine Bestätigung.\n");
        (await server.Follow(asked.Link("subscribe"))).ShouldBe(200);
        (await self.StateOf(key)).ShouldBe("Active");
    }

    [Fact]
    public async Task Where_nothing_was_changed_a_machine_gets_the_words_and_the_link_apart_from_each_other()
    {
        var (key, _, path) = await server.Reachable();
        var manager = await server.Manager();
        await manager.Send(HttpMethod.Post, $"/v1/partners/{key}/endpoints/EP-1/test");
        await manager.Subscribe(key, "Public");

        var test = Data(await server.Receiver.Next(path));
        test.GetProperty("text").GetString().ShouldBe("This is a test. Nothing has happened, and nothing needs to be done.");
        test.TryGetProperty("confirm", out _).ShouldBeFalse();
        Data(await server.Receiver.Next(path)).GetProperty("text").GetString()
            .ShouldBe("Somebody asked that CrisisOps sends you messages (as Public, up to TLP:CLEAR, Immediate). If you want them, confirm it with this link; otherwise do nothing, and none will come.");
    }

    [Fact]
    public async Task Texts_of_the_operator_reach_the_webhook_of_a_partner_and_the_mail_of_a_contact()
    {
        await server.Writes("Verification", "fr", "Adresse\nConfirmez {endpoint} de {recipient}: {confirm}", audience: "Partner", channel: "Webhook");
        await server.Writes("Verification", "fr", "Adresse {endpoint}\nConfirmez: {confirm}");
        await server.Writes("Test", "fr", "Essai de {endpoint}\nCeci est un essai.", channel: "any");
        await server.Writes("SubscriptionRequest", "fr", "Abonnement {subscription}\n{audience}, {maxTlp}, {cadence}: {confirm}\nou: {unsubscribe}");
        var (key, _) = await server.Partner(language: "fr");
        var path = $"/{key}";
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Webhook", address = server.Receiver.Url(path) });
        var hooked = Data(await server.Receiver.Next(path));
        hooked.GetProperty("text").GetString().ShouldBe($"Confirmez EP-1 de {key}: {hooked.GetProperty("confirm").GetString()}");

        var (self, contact, address) = await server.ColleagueWithMail();
        await self.Gives(contact, "change", new { language = "fr" });
        await self.Gives(contact, "disable-address", new { addressId = "AD-1", reason = "lost" });
        await self.Gives(contact, "enable-address", new { addressId = "AD-1" });
        var confirmation = await server.Letter(address, 2);
        confirmation.Subject.ShouldBe("Adresse AD-1");
        (await server.Follow(confirmation.Link("confirm"))).ShouldBe(200);
        (await self.Send(HttpMethod.Post, $"/v1/contacts/{contact}/addresses/AD-1/test")).ShouldBe(202);
        (await server.Letter(address, 3)).Subject.ShouldBe("Essai de AD-1");
        var subscription = (await (await server.Manager()).Subscribe(contact)).ShouldBe(201).Key;
        var asked = await server.Letter(address, 4);
        asked.Subject.ShouldBe($"Abonnement {subscription}");
        asked.Text.ShouldContain("CrossFunctional, AMBER, Immediate: http");
        (await server.Follow(asked.Link("unsubscribe"))).ShouldBe(200);
        (await self.StateOf(subscription)).ShouldBe("Removed");
    }

    [Fact]
    public async Task A_text_that_names_what_there_is_not_and_got_into_the_store_is_not_sent()
    {
        var (self, contact, address) = await server.ColleagueWithMail();
        await self.Gives(contact, "change", new { language = "it" });
        var (partner, _, path) = await server.Reachable(language: "it");
        foreach (var kind in (string[])["Verification", "Test", "SubscriptionRequest"])
        {
            await server.Smuggled(kind, "it");
        }

        await self.Gives(contact, "register-address", new { channel = "Email", address = $"other-{address}" });
        (await server.Delivery($"recipient={contact}&kind=Verification", "Suppressed")).GetProperty("reason").GetString().ShouldBe("template-variable");
        (await self.Send(HttpMethod.Post, $"/v1/contacts/{contact}/addresses/AD-1/test")).ShouldBeProblem(422, "validation", member: "address").Text.ShouldContain("template-variable");
        var manager = await server.Manager();
        (await manager.Send(HttpMethod.Post, $"/v1/partners/{partner}/endpoints/EP-1/test")).ShouldBeProblem(422, "validation", member: "endpoint").Text.ShouldContain("template-variable");
        var key = (await manager.Subscribe(contact)).ShouldBe(201).Key;
        (await server.Delivery($"incident={key}", "Suppressed")).GetProperty("reason").GetString().ShouldBe("template-variable");

        server.Letters(address).Count.ShouldBe(1);
        server.Letters($"other-{address}").ShouldBeEmpty();
        server.Receiver.Rest(path).ShouldBeEmpty();
    }

    private static JsonElement Data(ReceivedRequest came) => JsonDocument.Parse(came.Body).RootElement.GetProperty("data");
}
