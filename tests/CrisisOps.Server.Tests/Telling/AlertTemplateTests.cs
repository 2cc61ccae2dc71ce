using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>What partners read of an alert is a text that the operator can write, in the language that they read.</summary>
public sealed class AlertTemplateTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task A_text_of_the_operator_reaches_the_mail_and_the_webhook_of_a_partner_and_is_what_a_dry_run_shows()
    {
        await server.Writes("Alert", "fr", "Alerte {alert}: {headline}\nPour {partner}: {text} ({references})\nAvant {acknowledgeBy}: {acknowledge} ou {code}");
        await server.Writes("Alert", "fr", "{headline} !\nPour {partner}: {text}", channel: "Webhook");
        var (_, mailed, address) = await Mailed("fr");
        var (_, hooked, path) = await server.Reachable(full: true, language: "fr");
        var (_, thin, thinPath) = await server.Reachable(language: "fr");
        var crisis = await server.StandUp();
        var body = new { recipients = new[] { mailed, hooked, thin }, headline = "Live video", text = "Match these hashes.", indicators = new[] { "EVD-3" } };

        var tried = (await crisis.Liaison.Send(HttpMethod.Post, $"/v1/crises/{crisis.Key}/issue-alert?dryRun=true", body)).ShouldBe(200);
        var texts = tried.Json.GetProperty("recipients").EnumerateArray().Select(r => r.GetProperty("text").GetString()!).ToArray();
        texts[0].ShouldContain($"Pour {mailed}: Match these hashes. (EVD-3)");
        texts[1].ShouldContain($"Pour {hooked}: Match these hashes.");
        texts[2].ShouldNotContain("hashes");
        var alert = await Issued(crisis, body);

        var mail = await server.Letter(address, 2);
        mail.Subject.ShouldBe($"Alerte {alert}: Live video");
        mail.Text.ShouldContain($"Pour {mailed}: Match these hashes. (EVD-3)");
        mail.Text.ShouldMatch(" ou [0-9A-Z]{4}-[0-9A-Z]{4}");
        (await server.Follow(mail.Link("acknowledge"), new { by = "desk" })).ShouldBe(200);
        var data = await Data(path);
        data.GetProperty("headline").GetString().ShouldBe("Live video !");
        data.GetProperty("text").GetString().ShouldBe($"Pour {hooked}: Match these hashes.");
        (await server.Receiver.Next(thinPath)).Text.ShouldNotContain("Pour");
        (await server.Deliveries($"incident={crisis.Key}&kind=Alert")).Select(d => d.TryGetProperty("template", out var template) ? template.GetString() : null)
            .ShouldBe(["Alert/any/any/fr", "Alert/any/Webhook/fr", null], ignoreOrder: true);
    }

    [Fact]
    public async Task A_partner_that_reads_German_is_asked_is_told_more_and_is_told_that_it_is_over_in_German()
    {
        var (_, mailed, address) = await Mailed("de");
        var (_, hooked, path) = await server.Reachable(full: true, language: "de-AT");
        var crisis = await server.StandUp();

        var alert = await Issued(crisis, new { recipients = new[] { mailed, hooked }, headline = "Livevideo", text = "Bitte abgleichen.", indicators = new[] { "EVD-3" } });
        var asked = await server.Letter(address, 2);
        asked.Subject.ShouldBe("[TLP:AMBER] Livevideo");
        asked.Text.ShouldStartWith("Bitte abgleichen.\n\nDazu gehört: EVD-3\n\nBitte bestätigen Sie bis ");
        asked.Text.ShouldContain("diesen Code: ");
        asked.Text.ShouldContain("Nächste Nachricht: ");
        (await Headline(path)).ShouldBe("Livevideo");

        await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = alert, headline = "Mehr", text = "Zwölf weitere.", ackWindow = "PT20M" });
        var more = (await server.Letter(address, 3)).Text;
        more.ShouldStartWith("Zwölf weitere.\n\nBitte bestätigen Sie bis ");
        more.ShouldContain($"Ergänzt {alert}.\n");
        (await Headline(path)).ShouldBe("Mehr");
        var another = await Issued(crisis, new { recipients = new[] { mailed }, headline = "Noch etwas", text = "Auch das." });
        await server.Letter(address, 4);

        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = alert, text = "Nichts weiter zu tun." });
        var over = await server.Letter(address, 5);
        over.Subject.ShouldBe($"[TLP:AMBER] Vorbei: {alert}");
        over.Text.ShouldStartWith(
            $"Nichts weiter zu tun.\n\n{alert} ist vorbei. Dazu kommt keine weitere Nachricht.\nWas Sie hierzu gebeten wurden, gilt weiter: {another}\n");
        (await Headline(path)).ShouldBe($"Vorbei: {alert}");
    }

    [Fact]
    public async Task Whoever_rings_a_partner_that_is_silent_has_a_text_of_their_own()
    {
        var (key, name, path) = await server.Reachable();
        var manager = await server.Manager();
        await manager.Gives(key, "register-endpoint", new { channel = "Phone", address = "+43 1 2345678" });
        await manager.Gives(key, "verify-endpoint", new { endpointId = "EP-2", how = "called back" });
        var crisis = await server.StandUp();
        var alert = await Issued(crisis, new { recipients = new[] { name }, headline = "Live video", text = "Match these hashes." });
        await server.Receiver.Next(path);

        await manager.MoveTo((await manager.Now()).AddMinutes(21));

        var call = await server.Delivery($"incident={crisis.Key}&recipient={key}&channel=Phone", "Queued");
        call.GetProperty("subject").GetString().ShouldBe($"[TLP:AMBER] Ring them: {alert} is not acknowledged");
        call.GetProperty("template").GetString().ShouldBe("Alert/Core/any/en");
        var text = await server.Database.Scalar<string>("select convert_from(body, 'UTF8') from crisis.deliveries where id = $1", call.GetProperty("id").GetString());
        text.ShouldStartWith($"{name} has not acknowledged {alert}, which was due by ");
        text.ShouldNotContain("/v1/links/");
    }

    [Fact]
    public async Task A_text_that_names_what_there_is_not_and_got_into_the_store_is_not_sent_and_the_crisis_says_who_was_not_reached()
    {
        var (key, name, address) = await Mailed("it");
        var crisis = await server.StandUp();
        var body = new { recipients = new[] { name }, headline = "Live video", text = "Match these hashes." };
        var first = await Issued(crisis, body);
        await server.Letter(address, 2);
        foreach (var kind in (string[])["Alert", "AlertUpdate", "AlertCancel"])
        {
            await server.Smuggled(kind, "it");
        }

        var tried = (await crisis.Liaison.Send(HttpMethod.Post, $"/v1/crises/{crisis.Key}/issue-alert?dryRun=true", body)).ShouldBe(200);
        tried.Json.GetProperty("leftOut").EnumerateArray().ShouldHaveSingleItem().GetProperty("why").GetString().ShouldBe("template-variable");
        var second = await Issued(crisis, body);
        await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = first, headline = "More", text = "Twelve more." });
        await Eventually.Is(
            async () => (await crisis.Lead.Timeline(crisis.Key)).Any(e => e.GetRawText().Contains($"{name} was not reached: template-variable ({second})", StringComparison.Ordinal)), "that it was not reached is said");
        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = first });
        await server.Delivery($"incident={crisis.Key}&recipient={key}&kind=AlertCancel", "Suppressed");

        (await server.Deliveries($"incident={crisis.Key}&recipient={key}&state=Suppressed")).Select(d => (d.GetProperty("kind").GetString(), d.GetProperty("reason").GetString()))
            .ShouldBe([("Alert", "template-variable"), ("AlertUpdate", "template-variable"), ("AlertCancel", "template-variable")], ignoreOrder: true);
        server.Letters(address).Count.ShouldBe(2);
    }

    /// <summary>A partner that reads mail in a language, at an address that it has confirmed.</summary>
    private async Task<(string Key, string Name, string Address)> Mailed(string language)
    {
        var (key, name) = await server.Partner(language: language);
        var address = $"desk-{key.ToLowerInvariant()}@partner.example";
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Email", address });
        (await server.Follow((await server.Letter(address, 1)).Link("confirm"))).ShouldBe(200);
        return (key, name, address);
    }

    private async Task<JsonElement> Data(string path) => JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement.GetProperty("data");

    private async Task<string?> Headline(string path) => (await Data(path)).GetProperty("headline").GetString();

    private static async Task<string> Issued(CrisisStories.Crisis crisis, object body) =>
        (await crisis.Liaison.Gives(crisis.Key, "issue-alert", body)).Json.GetProperty("events")[0].GetProperty("alertId").GetString()!;
}
