using System.Text.Json;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Subscriptions;
using CrisisOps.Server.Tests.Contacts;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Shouldly;

namespace CrisisOps.Server.Tests.Subscriptions;

/// <summary>Confirmed and ended with the links in messages: by mail through a real mail server, and at a partner's webhook.</summary>
public sealed class SubscriptionLinkTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task Who_is_asked_by_mail_says_yes_with_the_link_and_ends_it_with_one_click()
    {
        var (person, contact, address) = await server.ColleagueWithMail();
        var manager = await server.Staff("pm-01", "partner-manager");
        var key = (await manager.Subscribe(contact)).ShouldBe(201).Key;

        var mail = await server.Smtp.Mail(address, 2);
        mail.Subject.ShouldBe("CrisisOps: confirm what you are told");
        mail.TextBody!.ShouldContain("as CrossFunctional, up to TLP:AMBER, Immediate");
        mail.TextBody!.ShouldNotContain("pm-01");
        (await server.Node.With(null).Get(new Uri(SubscriptionCalls.Link(mail)).AbsolutePath)).Text.ShouldContain("Yes, send me these messages");
        (await person.StateOf(key)).ShouldBe("Pending", "who looks through mail opens every link");
        (await server.Follow(SubscriptionCalls.Link(mail))).ShouldBe(200)["done"].ShouldBe("Confirmed. Thank you.");
        (await person.StateOf(key)).ShouldBe("Active");
        (await server.Follow(SubscriptionCalls.Link(mail))).ShouldBe(200)["done"].ShouldBe("This was confirmed before. Thank you.");

        mail.Headers[HeaderId.ListUnsubscribePost].ShouldBe("List-Unsubscribe=One-Click");
        var stop = mail.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');
        (await server.Node.With(null).Get(new Uri(stop).AbsolutePath)).ShouldBe(200).Text.ShouldContain("Yes, send me no more of them");
        (await person.StateOf(key)).ShouldBe("Active");
        (await OneClick(stop)).ShouldBe(200).Text.ShouldContain("Ended. You get no more of these messages.");
        (await person.StateOf(key)).ShouldBe("Removed");
        (await OneClick(stop)).ShouldBe(200);
        (await server.Follow(stop)).ShouldBe(200)["done"].ShouldBe("Ended. You get no more of these messages.");
        (await server.Follow(SubscriptionCalls.Link(mail))).ShouldBe(200)["done"].ShouldBe("Ended. You get no more of these messages.");
        (await person.StateOf(key)).ShouldBe("Removed");
    }

    [Fact]
    public async Task A_partner_says_yes_at_its_webhook_and_looks_after_its_own()
    {
        var (partner, _, path) = await server.Reachable("GREEN");
        var manager = await server.Manager();
        (await manager.Subscribe(partner)).ShouldBeProblem(422, "guard-failed", guard: "partners-by-alert");
        var key = (await manager.Subscribe(partner, "Public")).ShouldBe(201).Key;

        var message = JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement;
        message.GetProperty("type").GetString().ShouldBe("org.crisisops.subscription.requested.v1");
        (await server.Follow(message.GetProperty("data").GetProperty("confirm").GetString()!)).ShouldBe(200);

        var (own, other) = (await server.As("desk-01", roles: ["partner"], clearance: "GREEN", partner: partner), await server.As("desk-02", roles: ["partner"], clearance: "GREEN", partner: "PRT-999"));
        var read = await own.Read(key);
        (read.GetProperty("state").GetString(), read.GetProperty("maxTlp").GetString(), read.TryGetProperty("requestedBy", out _)).ShouldBe(("Active", "CLEAR", false));
        (await other.Get($"/v1/subscriptions/{key}")).ShouldBeProblem(404, "not-found");
        (await other.Give(key, "remove")).ShouldBeProblem(404, "not-found");
        await own.Gives(key, "pause");
        await own.Gives(key, "resume");
        (await own.Give(key, "disable", new { reason = "no" })).ShouldBeProblem(403, "forbidden", guard: "role");

        await manager.Gives(partner, "offboard", new { reason = "ended" });
        await Eventually.Is(async () => await manager.StateOf(key) == "Removed", "it ended with the partner");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task A_link_is_for_one_thing_and_of_this_server()
    {
        var (person, _, contact) = await server.Colleague();
        var key = (await person.Subscribe(contact)).ShouldBe(201).Key;
        var links = server.Node.Services.GetRequiredService<SignedLinks>();
        var before = await server.Database.Everything();

        (await server.Follow(links.To(SubscriptionLinks.Subscribe, key).Replace("/subscribe/", "/unsubscribe/", StringComparison.Ordinal))).ShouldBeProblem(404, "not-found");
        (await server.Follow(links.To(SubscriptionLinks.Unsubscribe, "SUB-999999"))).ShouldBeProblem(404, "not-found");
        foreach (var token in (string[])["x", "AAAA", $"{new string('A', 22)}U1VCLTAwMDAwMQ", new string('A', 5_000)])
        {
            (await server.Node.With(null).Send(HttpMethod.Post, $"/v1/links/unsubscribe/{token}")).ShouldBeProblem(404, "not-found");
            (await server.Node.With(null).Get($"/v1/links/unsubscribe/{token}")).ShouldBeProblem(404, "not-found");
            (await server.Node.With(null).Get($"/v1/links/subscribe/{token}")).ShouldBeProblem(404, "not-found");
        }

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task What_waits_under_it_is_not_sent_once_it_has_ended()
    {
        var (partner, _, path) = await server.Reachable();
        server.Receiver.Answers(path, 500);
        var manager = await server.Manager();
        var key = (await manager.Subscribe(partner, "Public")).ShouldBe(201).Key;
        await server.Receiver.Next(path);
        await Eventually.Is(async () => (await server.Deliveries($"incident={key}")).Single().GetProperty("attempts").GetInt32() == 1, "the attempt has failed");

        var links = server.Node.Services.GetRequiredService<SignedLinks>();
        (await server.Follow(links.To(SubscriptionLinks.Unsubscribe, key))).ShouldBe(200);

        (await server.Delivery($"incident={key}", "Cancelled")).GetProperty("reason").GetString().ShouldBe("unsubscribed");
    }

    [Fact]
    public async Task An_attempt_that_fails_after_it_has_ended_is_the_last()
    {
        var (partner, _, path) = await server.Reachable();
        var ended = new TaskCompletionSource();
        server.Receiver.On(path, async http =>
        {
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            http.Response.StatusCode = 500;
        });
        var manager = await server.Manager();
        var key = (await manager.Subscribe(partner, "Public")).ShouldBe(201).Key;
        await server.Receiver.Next(path);

        await manager.Gives(key, "remove");
        await server.Database.RulesHeard();
        ended.SetResult();

        var delivery = await server.Delivery($"incident={key}", "Cancelled");
        (delivery.GetProperty("reason").GetString(), delivery.GetProperty("attempts").GetInt32()).ShouldBe(("unsubscribed", 1));
    }

    /// <summary>As a mail program sends it (RFC 8058).</summary>
    private Task<Answer> OneClick(string link) => server.Node.With(null).Send(
        HttpMethod.Post, new Uri(link).AbsolutePath, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]), null);
}
