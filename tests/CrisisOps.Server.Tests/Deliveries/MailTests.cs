using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using MimeKit;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A partner that reads mail: from the confirmation of its address to the acknowledgement, through a real mail server.</summary>
public sealed partial class MailTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task An_address_that_was_confirmed_gets_the_alert_in_words_and_acknowledges_it_with_a_link()
    {
        var (key, name) = await server.Partner();
        var address = $"duty-{key.ToLowerInvariant()}@partner.example";
        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Email", address });
        (await server.Follow(Link(await server.Smtp.Mail(address, 1)))).ShouldBe(200);

        var crisis = await server.StandUp();
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes.", indicators = new[] { "EVD-3" } });

        var mail = await server.Smtp.Mail(address, 2);
        mail.Subject.ShouldBe("[TLP:AMBER] Live video of an attack");
        mail.TextBody!.ShouldContain("Match these hashes.");
        mail.TextBody!.ShouldContain("EVD-3");
        mail.TextBody!.ShouldContain("Next message:");
        var delivery = await server.Delivery($"incident={crisis.Key}&recipient={key}", "Delivered");
        mail.MessageId.ShouldStartWith(delivery.GetProperty("id").GetString()!);

        (await server.Follow(Link(mail), new { by = "night desk" })).ShouldBe(200);
        (await server.Delivery($"incident={crisis.Key}&recipient={key}", "Acknowledged")).GetProperty("acknowledgedThrough").GetString().ShouldBe("Email");
        server.Log.All.ShouldAllBe(line => !line.Contains(address));
    }

    private static string Link(MimeMessage mail) => Url().Match(mail.TextBody!).Value;

    [GeneratedRegex("http://\\S+/v1/links/\\S+")]
    private static partial Regex Url();
}
