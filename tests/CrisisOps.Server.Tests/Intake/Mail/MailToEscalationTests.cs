using CrisisOps.Server.Intake;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>A mail becomes an escalation within seconds, once, and whoever wrote is known by a reference alone.</summary>
public sealed class MailToEscalationTests(MailboxServer server) : IClassFixture<MailboxServer>
{
    [Fact]
    public async Task A_mail_of_the_press_raises_an_escalation_with_what_it_says()
    {
        var mail = Mails.From(Mails.NewWriter(), "Agora und die Wahl", "Stimmt es, dass Beiträge fehlen?", m => m.Headers.Add("Content-Language", "de-AT"));

        var seen = await (await Specialist()).Read(await server.Takes(mail));

        seen.GetProperty("title").GetString().ShouldBe("Agora und die Wahl");
        seen.GetProperty("allegation").GetString().ShouldBe("Stimmt es, dass Beiträge fehlen?");
        seen.GetProperty("source").GetString().ShouldBe("Press");
        seen.GetProperty("languages")[0].GetString().ShouldBe("de-AT");
        seen.GetProperty("requester").GetProperty("contactRef").GetString()!.ShouldStartWith("REQ-");
        seen.GetProperty("externalRef").GetString().ShouldBe($"{MailboxServer.Press}/{mail.MessageId}");
        await server.AllRead();
    }

    [Fact]
    public async Task The_reader_is_told_of_a_mail_and_does_not_have_to_look_for_it()
    {
        await server.Takes(Mails.From(Mails.NewWriter())); // from now on it listens, for five minutes

        await server.Takes(Mails.From(Mails.NewWriter()));
    }

    [Fact]
    public async Task An_address_stands_in_the_vault_and_nowhere_else()
    {
        var writer = Mails.NewWriter();
        var mail = Mails.From(writer, $"From {writer}", $"Write to {writer.ToUpperInvariant()}\n-- \nA. Writer <{writer}>", m => m.MessageId = $"77.{writer}");

        await server.Imap.Deliver(mail);
        await Eventually.Is(async () => await server.Database.Scalar<bool>("select exists (select 1 from crisis.contact_addresses where address = $1)", writer), "the writer is in the vault");
        await server.AllRead();
        await server.Database.RulesHeard();

        (await server.Database.TablesHolding(writer)).ShouldBe(["crisis.contact_addresses"]);
        (await server.Database.TablesHolding(writer.ToUpperInvariant())).ShouldBeEmpty();
        server.Log.All.ShouldAllBe(line => !line.Contains(writer, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Whoever_writes_again_is_the_same_contact_and_is_asked_for_no_confirmation()
    {
        var writer = Mails.NewWriter();
        var specialist = await Specialist();
        var keys = new[] { await server.Takes(Mails.From(writer)), await server.Takes(Mails.From(writer.ToUpperInvariant())) };

        keys.Distinct().Count().ShouldBe(2);
        var references = new List<string?>();
        foreach (var key in keys)
        {
            references.Add((await specialist.Read(key)).GetProperty("requester").GetProperty("contactRef").GetString());
        }

        references.Distinct().ShouldHaveSingleItem();
        await server.Database.RulesHeard();
        server.Letters(writer).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_to_a_partners_mailbox_is_a_report_of_that_partner_and_makes_no_contact()
    {
        var writer = Mails.NewWriter();

        var seen = await (await Specialist()).Read(await server.Takes(Mails.From(writer), "Partner"));

        seen.GetProperty("source").GetString().ShouldBe("TrustedPartner");
        seen.GetProperty("requester").GetProperty("partnerId").GetString().ShouldBe(server.PartnerName);
        (await server.Database.TablesHolding(writer)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_hangs_on_a_mail_is_named_and_neither_opened_nor_kept()
    {
        var bomb = new byte[120 * 1024];
        bomb.AsSpan().Fill(0x50);
        var mail = Mails.From(Mails.NewWriter(), change: m => m.Body = new Multipart("mixed")
        {
            m.Body!,
            new MimePart("application", "zip") { Content = new MimeContent(new MemoryStream(bomb)), ContentTransferEncoding = ContentEncoding.Base64, FileName = "Anna Writer.zip" },
        });

        var key = await server.Takes(mail);

        var evidence = (await (await Specialist()).Read(key)).GetProperty("evidence")[0].GetProperty("evidenceRef").GetString()!;
        evidence.ShouldMatch("^mail:[0-9a-f]{16}/1 application/zip 12[0-9] kB$");
        (await server.Database.TablesHolding("Anna Writer")).ShouldBeEmpty();
        (await server.Database.TablesHolding("PPPPPPPP")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("out of office", "Auto-Submitted", "auto-replied")]
    [InlineData("a mass mailing", "Precedence", "bulk")]
    [InlineData("a bounce", "Return-Path", "<>")]
    public async Task What_a_machine_answers_is_kept_and_raises_nothing(string subject, string header, string value)
    {
        var writer = Mails.NewWriter();
        var mail = Mails.From(writer, subject, $"{writer} is away", m => m.Headers.Add(header, value));

        (await server.Takes(mail)).ShouldBeEmpty();

        var kept = (await (await Specialist()).Get($"/v1/alerts/kept?source={MailboxServer.Press}&reason=Automatic&limit=100")).ShouldBe(200);
        kept.Json.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("alert").GetProperty("externalRef").GetString()).ShouldContain(mail.MessageId);
        kept.Text.ShouldContain("a machine answered");
        (await server.Database.TablesHolding(writer)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_machine_that_answers_in_a_thread_does_not_fold_into_it()
    {
        var mail = Mails.From(Mails.NewWriter());
        var key = await server.Takes(mail);
        var away = mail.Answering(Mails.NewWriter(), "I am away.");
        away.Headers.Add("Auto-Submitted", "auto-replied");

        (await server.Takes(away)).ShouldBeEmpty();

        (await (await Specialist()).Read(key)).GetProperty("reportCount").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_mail_of_a_suspended_source_waits_in_its_mailbox()
    {
        var manager = await server.Staff("pm-01", "partner-manager", "admin");
        await server.AllRead();
        await manager.Gives(MailboxServer.Press, "suspend", new { reason = "looked at" });
        var book = server.Node.Services.GetRequiredService<SourceBook>();
        await Eventually.Is(async () => (await book.Find(MailboxServer.Press, TestContext.Current.CancellationToken))?.Standing == SourceStanding.Suspended, "the node knows");
        var mail = Mails.From(Mails.NewWriter());
        await server.Imap.Deliver(mail);
        await Eventually.Is(() => Task.FromResult(server.Log.All.Any(line => line.Contains($"Mail of {MailboxServer.Press} waits"))), "the reader has seen that it waits");

        var waiting = await server.Imap.Unseen();
        await manager.Gives(MailboxServer.Press, "resume");

        waiting.ShouldBe(1);
        (await server.CaseOf(mail.MessageId!)).ShouldStartWith("ESC-");
    }

    [Fact]
    public async Task Two_nodes_take_a_mail_once()
    {
        await server.StartAnotherNode();
        var mails = Enumerable.Range(0, 5).Select(_ => Mails.From(Mails.NewWriter())).ToArray();
        var keys = new List<string>();
        foreach (var mail in mails)
        {
            keys.Add(await server.Takes(mail));
        }

        keys.Distinct().Count().ShouldBe(5);
        foreach (var key in keys)
        {
            (await (await Specialist()).Timeline(key)).Count(e => e.GetProperty("kind").GetString() == "Raised").ShouldBe(1);
        }
    }

    private Task<Api> Specialist() => server.Staff("spec-04", "specialist");
}
