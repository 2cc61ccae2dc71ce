using System.Text;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>Whatever is lost on the way, no mail is, and none counts twice.</summary>
public sealed class MailboxLossTests(MailboxServer server) : IClassFixture<MailboxServer>
{
    [Fact]
    public async Task A_mail_that_was_stored_and_not_marked_is_known_when_it_is_read_again()
    {
        var writer = Mails.NewWriter();
        var first = Mails.From(writer);
        var stored = await Stored();
        var key = await server.Takes(first);
        await server.Takes(first.Answering(writer, "Any news?"));
        await server.Imap.Deliver(Encoding.ASCII.GetBytes($"From: {writer}\r\nSubject: Without an id\r\n\r\nIt has none.\r\n"));
        await Eventually.Is(async () => await Stored() == stored + 3, "the mail without an id is stored");
        await server.AllRead();
        await server.Tallied();
        var before = await server.Database.Everything();

        await ReadAgain();

        await server.Tallied();
        (await server.Database.Everything()).ShouldBe(before);
        (await Stored()).ShouldBe(stored + 3);
        (await (await server.Staff("spec-04", "specialist")).Read(key)).GetProperty("reportCount").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task What_came_while_the_mail_server_or_the_connection_was_away_is_read_when_they_are_back()
    {
        await server.Imap.Stop();
        var mail = Mails.From(Mails.NewWriter());
        await server.Imap.Deliver(mail);
        await server.Imap.Restart();

        (await server.CaseOf(mail.MessageId!)).ShouldStartWith("ESC-");
        server.Log.All.ShouldAllBe(line => !line.Contains(ImapServer.Password));
    }

    [Fact]
    public async Task A_mail_that_is_broken_or_far_too_long_is_kept_and_holds_up_no_other()
    {
        var writer = Mails.NewWriter();
        var stored = await Stored();
        byte[][] hostile =
        [
            [],
            [0, 0xFF, 0x0D, 0x0A, 0x0D, 0x0A, 0xC3],
            Encoding.ASCII.GetBytes($"From: {writer}\r\nSubject: =?utf-8?B?QQ0KQmNjOiB4QHkuZXhhbXBsZQ==?=\r\nMessage-ID: <a b\r\nContent-Type: multipart/mixed; boundary=\"\r\n\r\n--\r\n"),
            Encoding.ASCII.GetBytes($"From: {writer}\r\nContent-Type: text/plain; charset=no-such-charset\r\n\r\nIt is \xC3 odd.\r\n"),
            Encoding.ASCII.GetBytes($"From: {writer}\r\nSubject: Long\r\n\r\nThe beginning.\r\n{new string('x', 11 * 1024 * 1024)}\r\n"),
        ];
        foreach (var raw in hostile)
        {
            await server.Imap.Deliver(raw);
        }

        await server.Takes(Mails.From(writer));

        await server.AllRead();
        (await Stored()).ShouldBe(stored + hostile.Length + 1);
        (await server.Database.TablesHolding("Bcc: x")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_faster_than_agreed_waits_and_is_taken_later()
    {
        await (await server.Staff("pm-01", "partner-manager", "admin")).Gives(MailboxServer.OfPartner, "change", new { ratePerMinute = 6 });
        var book = server.Node.Services.GetRequiredService<SourceBook>();
        await Eventually.Is(async () => (await book.Find(MailboxServer.OfPartner, TestContext.Current.CancellationToken))?.Source.RatePerMinute == 6, "the node knows");
        var mails = Enumerable.Range(0, 7).Select(_ => Mails.From(Mails.NewWriter())).ToArray();
        foreach (var mail in mails)
        {
            await server.Imap.Deliver(mail, "Partner");
        }

        foreach (var mail in mails)
        {
            (await server.CaseOf(mail.MessageId!)).ShouldStartWith("ESC-");
        }
    }

    /// <summary>The reader comes back to a mailbox in which nothing is marked.</summary>
    private async Task ReadAgain()
    {
        await server.Imap.Unmark();
        (await server.Imap.Unseen()).ShouldBeGreaterThan(0);
        await server.Imap.Stop();
        await server.Imap.Restart();
        await server.AllRead();
    }

    /// <summary>Mails that were ever stored.</summary>
    private Task<long> Stored() => server.Database.Scalar<long>("select count(*) from crisis.alerts where source = $1", MailboxServer.Press);
}
