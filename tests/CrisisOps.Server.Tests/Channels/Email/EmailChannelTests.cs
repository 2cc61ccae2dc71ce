using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using CrisisOps.Server.Channels.Email;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.Logging;
using MimeKit;
using Shouldly;

namespace CrisisOps.Server.Tests.Channels.Email;

/// <summary>Mail over SMTP, against a real server that takes it, does not, or fails.</summary>
public sealed class EmailChannelTests : IDisposable
{
    private const string Address = "duty.officer@partner.example";
    private const string Text = "Ein Anschlag läuft; bitte bestätigen Sie.\nLook for HARBOUR.\r\nnächste Meldung 15:00Z\n";
    private static readonly DateTimeOffset _now = new(2027, 5, 15, 14, 20, 0, TimeSpan.Zero);
    private static readonly OutgoingMessage _alert =
        new("OUT-2027-000042", Address, "CR-2027-0007: Anschlag über Norland", "text/plain", Encoding.UTF8.GetBytes(Text), ImmutableArray<byte[]>.Empty, _now);

    private readonly RecordedLog _log = new();
    private readonly ILoggerFactory _loggers;

    public EmailChannelTests() => _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Mail_that_is_accepted_arrives_once_and_a_repeat_is_known_by_its_message_id()
    {
        await using var server = await SmtpServer.Start(MailHandler.Accepting);
        var channel = Channel(server, s => s with { FromName = "CrisisOps Norland", UnsubscribeUrl = new Uri("mailto:stop@crisisops.example") });
        channel.Kind.ShouldBe(Domain.Crises.Channel.Email);

        (await Send(channel, _alert)).ShouldBe(new AttemptOutcome(AttemptResult.Delivered, "SMTP 250"));

        var mail = server.Taken.ShouldHaveSingleItem();
        mail.MessageId.ShouldBe("OUT-2027-000042@crisisops.example");
        mail.Date.ShouldBe(_now);
        mail.Subject.ShouldBe(_alert.Subject);
        mail.From.ToString().ShouldBe("\"CrisisOps Norland\" <alerts@crisisops.example>");
        mail.To.ToString().ShouldBe(Address);
        mail.Headers["X-Recipient"].ShouldBe(Address);
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        mail.Headers[HeaderId.ListUnsubscribe].ShouldBe("<mailto:stop@crisisops.example>");

        await Send(channel, _alert with { Now = _now.AddMinutes(2) });
        server.Taken.Select(m => m.MessageId).ShouldBe([mail.MessageId, mail.MessageId]);
    }

    [Fact]
    public async Task Mail_under_a_subscription_says_where_it_is_ended_with_one_click_and_not_where_else()
    {
        await using var server = await SmtpServer.Start(MailHandler.Accepting);
        var channel = Channel(server, s => s with { UnsubscribeUrl = new Uri("mailto:stop@crisisops.example") });
        const string Link = "https://crisisops.example/v1/links/unsubscribe/zqimkblGcjnHXw37WI7V2m1zZ18yNWQ0VTBJVUTAwMDAwMQzqimkblGcjnHXw37WI7V2m1zZ18yNWQ0";

        await Send(channel, _alert with { Unsubscribe = new Uri(Link) });
        await Send(channel, _alert with { MessageId = "OUT-2027-000043" });

        var (ended, other) = (server.Taken[0], server.Taken[1]);
        ended.Headers[HeaderId.ListUnsubscribe].ShouldBe($"<{Link}>");
        ended.Headers[HeaderId.ListUnsubscribePost].ShouldBe("List-Unsubscribe=One-Click");
        other.Headers[HeaderId.ListUnsubscribe].ShouldBe("<mailto:stop@crisisops.example>");
        other.Headers.Contains(HeaderId.ListUnsubscribePost).ShouldBeFalse();
    }

    [Fact]
    public async Task The_body_arrives_byte_for_byte()
    {
        await using var server = await SmtpServer.Start(MailHandler.Accepting);

        await Send(Channel(server), _alert);

        var body = server.Taken.Single().Body.ShouldBeOfType<TextPart>();
        body.ContentType.MimeType.ShouldBe("text/plain");
        body.ContentType.Charset.ShouldBe("utf-8");
        using var bytes = new MemoryStream();
        body.Content.ShouldNotBeNull().DecodeTo(bytes, TestContext.Current.CancellationToken);
        bytes.ToArray().ShouldBe(_alert.Body.ToArray());
    }

    [Fact]
    public async Task A_line_end_in_a_subject_or_an_id_adds_no_header_and_no_recipient()
    {
        await using var server = await SmtpServer.Start(MailHandler.Accepting);
        var forged = _alert with { Subject = "Alert\r\nBcc: everybody@elsewhere.example\r\n\r\nand a body", MessageId = "1>\r\nX-Forged: yes" };

        (await Send(Channel(server, s => s with { FromName = "Norland\r\nX-Forged: yes" }), forged)).Result.ShouldBe(AttemptResult.Delivered);

        var mail = server.Taken.ShouldHaveSingleItem();
        mail.Headers.Select(h => h.Id).ShouldBe([HeaderId.Unknown, HeaderId.From, HeaderId.Date, HeaderId.Subject, HeaderId.MessageId, HeaderId.To, HeaderId.AutoSubmitted, HeaderId.MimeVersion], ignoreOrder: true);
        mail.Headers["X-Recipient"].ShouldBe(Address);
        mail.Subject.ShouldBe("Alert  Bcc: everybody@elsewhere.example    and a body");
        mail.Body.ShouldBeOfType<TextPart>().Text.ReplaceLineEndings("\n").ShouldBe(Text.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("duty@partner.example\r\nRCPT TO:<everybody@elsewhere.example>")]
    [InlineData("duty@partner.example, everybody@elsewhere.example")]
    [InlineData("duty@partner.example everybody@elsewhere.example")]
    [InlineData("duty")]
    [InlineData("")]
    public async Task What_is_not_one_address_is_sent_nothing(string address)
    {
        await using var server = await SmtpServer.Start(MailHandler.Accepting);

        (await Send(Channel(server), _alert with { Address = address })).ShouldBe(new AttemptOutcome(AttemptResult.Gone, "no-address"));

        server.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MailHandler.Deferring, AttemptResult.Failed, "SMTP 451")]
    [InlineData(MailHandler.Throttling, AttemptResult.Throttled, "SMTP 421")]
    [InlineData(MailHandler.Rejecting, AttemptResult.Gone, "SMTP 550")]
    [InlineData(MailHandler.Forbidding, AttemptResult.Failed, "SMTP 550")] // about us, not about the address
    [InlineData(MailHandler.Distasteful, AttemptResult.Failed, "SMTP 550")] // about the mail, not about the address
    [InlineData(MailHandler.Dropping, AttemptResult.Failed, "dropped")]
    public async Task What_a_server_says_no_to_is_told_by_its_code_alone(MailHandler handler, AttemptResult result, string status)
    {
        await using var server = await SmtpServer.Start(handler);

        (await Send(Channel(server), _alert)).ShouldBe(new AttemptOutcome(result, status));

        NothingIsTold();
        _log.All.ShouldContain(line => line.Contains(status, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_stalls_costs_no_more_than_the_timeout()
    {
        await using var server = await SmtpServer.Start(MailHandler.Stalling);
        var watch = Stopwatch.StartNew();

        (await Send(Channel(server, s => s with { Timeout = TimeSpan.FromSeconds(1) }), _alert)).ShouldBe(new AttemptOutcome(AttemptResult.Failed, "timeout"));

        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
        NothingIsTold();
    }

    [Fact]
    public async Task Whoever_sends_may_stop_waiting()
    {
        await using var server = await SmtpServer.Start(MailHandler.Stalling);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));

        await Should.ThrowAsync<OperationCanceledException>(Channel(server).Send(_alert, stop.Token));
        await Should.ThrowAsync<OperationCanceledException>(Channel(server).Send(_alert, stop.Token));
    }

    [Fact]
    public async Task Nobody_listens() =>
        (await Send(Channel(ServerProcess.FreePort()), _alert)).ShouldBe(new AttemptOutcome(AttemptResult.Failed, "refused"));

    [Theory]
    [InlineData(EmailSecurity.StartTls, false)]
    [InlineData(EmailSecurity.SslOnConnect, false)]
    [InlineData(EmailSecurity.StartTls, true)]
    public async Task Where_encryption_is_asked_for_no_mail_goes_without_a_trusted_one(EmailSecurity security, bool untrusted)
    {
        await using var server = await SmtpServer.Start(MailHandler.Accepting, untrusted);

        (await Send(Channel(server, s => s with { Security = security }), _alert)).ShouldBe(new AttemptOutcome(AttemptResult.Failed, "tls"));

        server.Taken.ShouldBeEmpty();
        NothingIsTold();
    }

    [Fact]
    public async Task A_password_that_the_server_does_not_ask_for_is_no_reason_to_send_without()
    {
        await using var server = await SmtpServer.Start(MailHandler.Accepting);

        (await Send(Channel(server, s => s with { User = "crisisops", Password = "correct horse" }), _alert)).ShouldBe(new AttemptOutcome(AttemptResult.Failed, "authentication"));

        server.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_mail_server_every_attempt_says_so() =>
        (await Send(new EmailChannel(new EmailSettings(), _loggers.CreateLogger<EmailChannel>()), _alert)).ShouldBe(new AttemptOutcome(AttemptResult.Failed, "not-configured"));

    private static Task<AttemptOutcome> Send(EmailChannel channel, OutgoingMessage message) => channel.Send(message, TestContext.Current.CancellationToken);

    private void NothingIsTold()
    {
        foreach (var secret in new[] { Address, "partner.example", "HARBOUR", "Anschlag", "nobody here", "not now" })
        {
            _log.All.ShouldAllBe(line => !line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private EmailChannel Channel(SmtpServer server, Func<EmailSettings, EmailSettings>? change = null) => Channel(server.Port, change);

    private EmailChannel Channel(int port, Func<EmailSettings, EmailSettings>? change = null)
    {
        var settings = new EmailSettings { Host = "127.0.0.1", Port = port, Security = EmailSecurity.None, From = "alerts@crisisops.example" };
        return new EmailChannel((change?.Invoke(settings) ?? settings).Checked(), _loggers.CreateLogger<EmailChannel>());
    }
}
